package dev.skep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.NeedsBpf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same class in the engine, on the JVM and in the kernel, on the same random packets. */
class ThreeHostsTest {
    private static final int PACKETS = 1_000;

    @ParameterizedTest
    @ValueSource(
            classes = {
                Firewall.class,
                Mixture.class,
                SocketBuffers.class,
                Visits.class,
                Rounds.class,
                Tables.class,
                Nested.class,
                PacketArrays.class,
                EntryLoops.class
            })
    void theJvmDoesWhatTheEngineDoes(Class<?> programs) {
        Observation engine = Observation.of(Skep::engine, programs, PACKETS);
        assertThat(Observation.of(Skep::jvm, programs, PACKETS)).isEqualTo(engine);
        assertThat(engine.runs()).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(PACKETS);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Firewall.class,
                Mixture.class,
                Visits.class,
                Rounds.class,
                Tables.class,
                Nested.class,
                PacketArrays.class,
                EntryLoops.class
            })
    @NeedsBpf
    void theKernelDoesWhatTheEngineDoes(Class<?> programs) {
        assertThat(Observation.of(Skep::kernel, programs, PACKETS))
                .isEqualTo(Observation.of(Skep::engine, programs, PACKETS));
    }

    @Test
    void mapsAreReadWithTheClassesOfThePrograms() {
        try (ClassHost host = Skep.engine();
                LoadedClass firewall =
                        host.compile(Firewall.class).with("closedPort", 22).load()) {
            Observation.of(firewall, RandomPackets.of(PACKETS));
            firewall.map("flows", Firewall.Flow.class, Firewall.Counter.class).forEach((flow, counter) -> {
                assertThat(counter.packets).isPositive();
                assertThat(counter.bytes).isGreaterThanOrEqualTo(counter.packets * 14);
            });
            assertThat(firewall.map("dropped", Integer.class, Long.class).require(1))
                    .isPositive();
        }
    }
}
