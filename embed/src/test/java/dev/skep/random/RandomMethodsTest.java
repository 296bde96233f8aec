package dev.skep.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.Compiler;
import dev.skep.compiler.code.Target;
import dev.skep.compiler.java.ClassSource;
import dev.skep.compiler.java.JavaFrontEnd;
import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineOptions;
import dev.skep.engine.EngineOptions.Backend;
import dev.skep.lang.context.XdpAction;
import dev.skep.linux.LinuxHost;
import dev.skep.object.BpfObject;
import dev.skep.object.host.Host;
import dev.skep.object.host.LoadedObject;
import dev.skep.object.host.Program;
import dev.skep.testkit.NeedsBpf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random methods compute in BPF what they compute on the JVM. {@code -Dskep.methods=100000 -Dskep.methods.seed=7} makes more of them,
 * and others.
 */
class RandomMethodsTest {
    private static final int BATCH = 100;
    private static final int METHODS = Integer.getInteger("skep.methods", 2_000);
    private static final long SEED = Long.getLong("skep.methods.seed", 1);
    private static final int INPUTS = 30;

    @TempDir
    static Path folder;

    private static final Map<Long, Compiled> COMPILED = new ConcurrentHashMap<>();

    /** A batch and what was made of it. */
    private record Compiled(MethodBatch batch, BpfObject object) {
        static Compiled of(long seed) {
            MethodBatch batch = MethodBatch.of(seed, BATCH, folder);
            ClassSource source = ClassSource.of(batch.type().getClassLoader());
            return new Compiled(
                    batch,
                    Compiler.compile(JavaFrontEnd.read(source, batch.type().getName()), Target.DEFAULT));
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, METHODS / BATCH).map(i -> SEED * METHODS + i * BATCH);
    }

    private static Compiled compiled(long seed) {
        return COMPILED.computeIfAbsent(seed, Compiled::of);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theInterpreterComputesWhatTheJvmComputes(long seed) {
        try (EngineHost host = EngineHost.open(EngineOptions.defaults().withBackend(Backend.INTERPRETER))) {
            compare(host, compiled(seed));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theJitComputesWhatTheJvmComputes(long seed) {
        try (EngineHost host = EngineHost.open(
                EngineOptions.defaults().withBackend(Backend.JIT).withTrustedPrograms(true))) {
            compare(host, compiled(seed));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    @NeedsBpf
    void theKernelComputesWhatTheJvmComputes(long seed) {
        try (LinuxHost host = LinuxHost.open()) {
            compare(host, compiled(seed));
        }
    }

    private static void compare(Host host, Compiled compiled) {
        MethodBatch batch = compiled.batch();
        int returned = 0;
        try (LoadedObject loaded = host.load(compiled.object())) {
            for (int i = 0; i < BATCH; i++) {
                Program program = loaded.program("p" + i).orElseThrow();
                for (MethodArguments arguments :
                        MethodArguments.random(batch.seeds().get(i), INPUTS)) {
                    int method = i;
                    OptionalLong onJvm = arguments.call(batch.method(method));
                    returned += onJvm.isPresent() ? 1 : 0;
                    assertThat(result(program, arguments))
                            .as(() ->
                                    "seed " + batch.seeds().get(method) + ", " + arguments + "\n" + batch.text(method))
                            .isEqualTo(onJvm);
                }
            }
        }
        assertThat(returned).as("runs that come to their end").isGreaterThan(BATCH * INPUTS / 2);
    }

    /** What the program wrote; empty if it ended where Java would throw. */
    private static OptionalLong result(Program program, MethodArguments arguments) {
        Program.Outcome outcome = program.run(Program.Input.packet(arguments.packet()));
        if (outcome.returnValue() == XdpAction.XDP_ABORTED) {
            return OptionalLong.empty();
        }
        assertThat(outcome.returnValue()).isEqualTo(XdpAction.XDP_PASS);
        return OptionalLong.of(ByteBuffer.wrap(outcome.data().toArray())
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong(MethodBatch.RESULT));
    }
}
