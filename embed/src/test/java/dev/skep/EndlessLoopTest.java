package dev.skep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.lang.Loop;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.program.Xdp;
import dev.skep.testkit.NeedsBpf;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A loop that only the kernel's limit ends. */
class EndlessLoopTest {
    static final class Endless {
        private Endless() {}

        @Xdp
        static int count(XdpContext context) {
            int rounds = 0;
            while (Loop.mayContinue()) {
                rounds++;
            }
            return rounds;
        }
    }

    private static long rounds(Supplier<ClassHost> opening) {
        try (ClassHost host = opening.get();
                LoadedClass loaded = host.load(Endless.class)) {
            return loaded.program("count").run(new byte[64]).returnValue();
        }
    }

    @Test
    void theEngineAndTheJvmCountRounds() {
        assertThat(rounds(Skep::engine)).isEqualTo(Loop.MOST_ROUNDS);
        assertThat(rounds(Skep::jvm)).isEqualTo(Loop.MOST_ROUNDS);
    }

    /** It counts them, too, or measures the time, of which there is enough for many rounds. */
    @Test
    @NeedsBpf
    void theKernelEndsTheLoop() {
        assertThat(rounds(Skep::kernel)).isBetween(1_000L, 1L << 31);
    }
}
