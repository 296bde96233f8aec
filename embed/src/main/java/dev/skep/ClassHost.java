package dev.skep;

import dev.skep.compiler.code.Target;
import dev.skep.object.host.Host;
import dev.skep.object.host.LoadedObject;
import java.nio.file.Path;
import java.util.List;

/** Something that runs the programs of Java classes. See {@link Skep}. */
public final class ClassHost implements AutoCloseable {
    private final Host host;
    private final int cpus;
    private final Target target;
    private final Loading loading;

    /** Loads what was compiled. */
    @FunctionalInterface
    interface Loading {
        LoadedObject load(CompiledClass compiled);
    }

    /** @param cpus how many values the entries of per-CPU maps have */
    ClassHost(Host host, int cpus, Target target, Loading loading) {
        this.host = host;
        this.cpus = cpus;
        this.target = target;
        this.loading = loading;
    }

    /** The host below. */
    public Host host() {
        return host;
    }

    /**
     * Compiles a class. What it says can be changed before it is loaded.
     *
     * @throws dev.skep.compiler.java.JavaSourceException with everything in it that cannot be compiled
     */
    public CompiledClass compile(Class<?> type) {
        return CompiledClass.of(this, type, target, List.of());
    }

    /**
     * Compiles a class whose source is at hand, so that its object has the text of the lines, which {@code llvm-objdump -S} shows.
     *
     * @param sourceFolders where packages begin: {@code src/main/java}
     * @throws dev.skep.compiler.java.JavaSourceException with everything in it that cannot be compiled
     * @throws java.io.UncheckedIOException if a source file is there but cannot be read
     */
    public CompiledClass compile(Class<?> type, List<Path> sourceFolders) {
        return CompiledClass.of(this, type, target, sourceFolders);
    }

    /**
     * Compiles a class and loads it as it is.
     *
     * @throws dev.skep.compiler.java.JavaSourceException with everything in it that cannot be compiled
     * @throws RuntimeException what the host throws if it refuses the programs: the engine's {@code RejectedProgramException}, the
     *     kernel's {@code LoadException}
     */
    public LoadedClass load(Class<?> type) {
        return compile(type).load();
    }

    LoadedClass load(CompiledClass compiled) {
        return new LoadedClass(host, cpus, compiled.type(), loading.load(compiled));
    }

    /** Closes the host, and what an engine has loaded with it. */
    @Override
    public void close() {
        host.close();
    }
}
