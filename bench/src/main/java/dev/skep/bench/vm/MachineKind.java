package dev.skep.bench.vm;

import dev.skep.engine.EngineOptions;
import dev.skep.object.BpfObject;
import dev.skep.object.file.ObjectReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a program can be run by. */
enum MachineKind {
    /** Compiled by gcc -O2, in a process of its own: native_main.c. */
    NATIVE(300),
    /** The running kernel's JIT. */
    KERNEL(300),
    INTERPRETER(4000),
    JIT(4000);

    private final int warmUpMillis;

    MachineKind(int warmUpMillis) {
        this.warmUpMillis = warmUpMillis;
    }

    /** The name users see and type. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How long it runs a program before it is measured: HotSpot's best compiler takes seconds. */
    int warmUpMillis() {
        return warmUpMillis;
    }

    static MachineKind of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    /** The command that runs a program as {@link Worker} and native_main.c do. */
    List<String> command(Path root, BenchmarkProgram program) {
        if (this == NATIVE) {
            return List.of(root.resolve("bench/target/vm/" + program.name()).toString());
        }
        return FreshJvm.command(List.of(), Worker.class, label(), root.toString(), program.name());
    }

    /** True if it is our engine, set up one way or another. */
    boolean isEngine() {
        return this != NATIVE && this != KERNEL;
    }

    /** Loads a program into this process. */
    Machine load(Path root, BenchmarkProgram program) throws IOException {
        return switch (this) {
            case NATIVE -> throw new IllegalArgumentException("native code runs in a process of its own");
            case KERNEL -> new KernelMachine(read(root, program), read(root, BenchmarkProgram.EMPTY));
            case INTERPRETER, JIT -> new EngineMachine(read(root, program), engineOptions());
        };
    }

    /** How the engine is set up for this kind. Programs are not verified, which the machines compared with do not do either. */
    EngineOptions engineOptions() {
        return EngineOptions.defaults()
                .withTrustedPrograms(true)
                .withSeed(1)
                .withBackend(EngineOptions.Backend.valueOf(name()));
    }

    private static BpfObject read(Path root, BenchmarkProgram program) throws IOException {
        return ObjectReader.read(Files.readAllBytes(program.object(root)), program.name());
    }
}
