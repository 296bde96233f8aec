package dev.skep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.NeedsBpf;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Timers in maps. The engine has none. */
@NeedsBpf
class TimersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ClassHost kernel = Skep.kernel();

    private static long run(LoadedClass loaded, String program, int length) {
        return loaded.program(program).run(new byte[length]).returnValue();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean() && Instant.now().isBefore(end)) {
            Thread.sleep(1);
        }
    }

    @Test
    void aTimerCanStartItselfAgain() throws InterruptedException {
        try (kernel;
                LoadedClass loaded = kernel.load(Timers.class)) {
            assertThat((int) run(loaded, "countDown", 64)).as("EBUSY").isEqualTo(-16);
            var countdowns = loaded.map("countdowns", Integer.class, Timers.Countdown.class);
            await(() -> countdowns.require(1).left == 0);
            assertThat(countdowns.require(1).left).isZero();
            assertThat(countdowns.require(1).errors).isZero();
        }
    }

    @Test
    void aTimerDeletesTheEntryThatItIsIn() throws InterruptedException {
        try (kernel;
                LoadedClass loaded = kernel.load(Timers.class)) {
            assertThat(run(loaded, "open", 100)).isZero();
            assertThat(run(loaded, "open", 200)).isZero();
            assertThat(run(loaded, "close", 200)).as("ran, and then no more").isEqualTo(10);
            var sessions = loaded.map("sessions", Integer.class, Timers.Session.class);
            await(() -> sessions.get(100).isEmpty());
            assertThat(sessions.get(100)).isEmpty();
            assertThat(sessions.get(200)).isPresent();
        }
    }
}
