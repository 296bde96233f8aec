package dev.skep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.engine.EngineOptions;
import dev.skep.engine.EngineOptions.Backend;
import dev.skep.testkit.NeedsBpf;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A class computes in BPF, and on Skep's JVM host, what it computes as plain Java. */
class PlainJavaTest {
    private static final List<byte[]> PACKETS = RandomPackets.of(300);

    static List<Class<?>> classes() {
        return List.of(
                Hierarchies.class,
                MethodReferences.class,
                EqualNames.class,
                Finally.class,
                Rounds.class,
                NumberMethods.class);
    }

    private static void compare(Supplier<ClassHost> opening, Class<?> type) {
        try (ClassHost host = opening.get();
                LoadedClass loaded = host.load(type)) {
            List<String> expected = PlainJava.onJvm(type, PACKETS);
            List<String> actual = PlainJava.onHost(loaded, type, PACKETS);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(actual.get(i)).as("run %d", i).isEqualTo(expected.get(i));
            }
            assertThat(actual).hasSameSizeAs(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("classes")
    void theInterpreterComputesWhatJavaComputes(Class<?> type) {
        compare(() -> Skep.engine(EngineOptions.defaults().withBackend(Backend.INTERPRETER)), type);
    }

    @ParameterizedTest
    @MethodSource("classes")
    void theJitComputesWhatJavaComputes(Class<?> type) {
        compare(() -> Skep.engine(EngineOptions.defaults().withBackend(Backend.JIT)), type);
    }

    @ParameterizedTest
    @MethodSource("classes")
    void theJvmHostComputesWhatJavaComputes(Class<?> type) {
        compare(Skep::jvm, type);
    }

    @ParameterizedTest
    @MethodSource("classes")
    @NeedsBpf
    void theKernelComputesWhatJavaComputes(Class<?> type) {
        compare(Skep::kernel, type);
    }
}
