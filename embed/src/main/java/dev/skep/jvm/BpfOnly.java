package dev.skep.jvm;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What methods of {@code dev.skep.lang} that exist in BPF only do when their classes are loaded for the JVM. */
public final class BpfOnly {
    /** What names of helper functions start with, before a {@link HelperForm}. */
    static final String HELPER = "bpf ";

    private static final Map<String, Body> BODIES = new HashMap<>();

    static {
        BODIES.putAll(MapMethods.BODIES);
        BODIES.putAll(ContextMethods.BODIES);
        BODIES.putAll(LogMethods.BODIES);
        BODIES.put("Loop.mayContinue", (run, arguments) -> run.mayContinue() ? 1 : 0);
    }

    private BpfOnly() {}

    /** What a method does. */
    @FunctionalInterface
    interface Body {
        /** @param arguments boxed, the object it is called on first @return boxed; null for none and for null */
        @Nullable
        Object call(JavaRun run, @Nullable Object[] arguments);
    }

    /** Names of the methods that have a body here, helper functions excepted. */
    static Set<String> names() {
        return BODIES.keySet();
    }

    /**
     * Calls a method.
     *
     * @param name as {@link BpfOnlyMethod#name} makes it
     * @throws UnsupportedOperationException if it does nothing on the JVM
     */
    public static @Nullable Object call(String name, @Nullable Object[] arguments) {
        JavaRun run = JavaRun.current();
        if (name.startsWith(HELPER)) {
            HelperForm form = HelperForm.of(name.substring(HELPER.length()));
            long result = HelperMethods.call(run, form, arguments);
            return form.socket() ? ContextMethods.socket(run, result) : (Object) result;
        }
        return Optional.ofNullable(BODIES.get(name))
                .orElseThrow(() -> new UnsupportedOperationException(name + missing(name)))
                .call(run, arguments);
    }

    private static String missing(String name) {
        return name.startsWith("Kernel.") || name.endsWith(".kernel")
                ? " is about structures of the kernel, which the JVM cannot read: run the program in the kernel, and in tests on"
                        + " the JVM call a method that takes as numbers and structs what the program has read"
                : " is not there on the JVM: run the program in the engine or the kernel";
    }
}
