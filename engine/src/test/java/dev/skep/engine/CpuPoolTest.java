package dev.skep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.engine.interpreter.LogicalCpu;
import dev.skep.object.host.HostException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CpuPoolTest {
    private static Callable<Integer> takeOne(CpuPool pool, CountDownLatch started) {
        return () -> {
            started.countDown();
            LogicalCpu cpu = pool.take();
            pool.give(cpu);
            return cpu.cpu();
        };
    }

    @Test
    void whoWaitsGetsTheCpuThatIsFreeFirst() throws Exception {
        try (EngineHost host = EngineHost.open(EngineOptions.defaults().withCpus(2));
                ExecutorService threads = Executors.newFixedThreadPool(3)) {
            CpuPool pool = host.cpus();
            LogicalCpu first = pool.take();
            LogicalCpu second = pool.take();
            CountDownLatch started = new CountDownLatch(3);
            Future<Integer> one = threads.submit(takeOne(pool, started));
            Future<Integer> two = threads.submit(takeOne(pool, started));
            Future<Integer> three = threads.submit(takeOne(pool, started));
            started.await();
            assertThatThrownBy(pool::take).isInstanceOf(HostException.class).hasMessageContaining("EDEADLOCK");

            pool.give(second);

            assertThat(one.get(30, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(two.get(30, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(three.get(30, TimeUnit.SECONDS)).isEqualTo(1);
            pool.give(first);
        }
    }
}
