package dev.skep.junit;

import dev.skep.ClassHost;
import dev.skep.Skep;
import java.util.Locale;
import java.util.function.Supplier;

/** Where a test runs its programs. */
public enum RunsOn {
    /** The embedded engine. */
    ENGINE(Skep::engine),
    /** The JVM itself: here a debugger stops in the program's source. */
    JVM(Skep::jvm),
    /** The Linux kernel. Where it is not allowed, the test is reported as aborted, with the kernel's answer. */
    KERNEL(Skep::kernel);

    private final Supplier<ClassHost> opening;

    RunsOn(Supplier<ClassHost> opening) {
        this.opening = opening;
    }

    ClassHost open() {
        return opening.get();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
