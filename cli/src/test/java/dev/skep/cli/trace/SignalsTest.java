package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.host.HostException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalsTest {
    @Test
    void anActionRunsWhenItsSignalComes() throws Exception {
        CountDownLatch came = new CountDownLatch(1);
        Signals.on("SIGUSR1", came::countDown);
        long self = ProcessHandle.current().pid();
        new ProcessBuilder("kill", "-USR1", Long.toString(self)).start().waitFor();
        assertThat(came.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatIsNoSignalIsRefused() {
        assertThatThrownBy(() -> Signals.on("SIGNOTHING", () -> {}))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("SIGNOTHING");
    }
}
