package dev.skep.linux.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.map.NewMaps;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.object.map.MapType;
import dev.skep.testkit.NeedsBpf;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsBpf
class PollerTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int BPF_RB_NO_WAKEUP = 1; // linux/bpf.h

    private final List<AutoCloseable> opened = new ArrayList<>();

    private <T extends AutoCloseable> T opened(T made) {
        opened.add(made);
        return made;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    private LinuxMap counters() {
        return opened(NewMaps.create(MapType.ARRAY, 4, 16, 1));
    }

    private LinuxMap ringMap() {
        return opened(NewMaps.create(MapType.RINGBUF, 0, 0, 1 << 16));
    }

    @Test
    void readsSeveralBuffersOfSeveralKinds() {
        LinuxMap first = ringMap();
        LinuxMap second = ringMap();
        LinuxMap array = opened(NewMaps.create(MapType.PERF_EVENT_ARRAY, 4, 4, 64));
        LinuxProgram toFirst = opened(Emitters.toRing(8, 0, counters(), first));
        LinuxProgram toSecond = opened(Emitters.toRing(8, 0, counters(), second));
        LinuxProgram toPerf = opened(Emitters.toPerf(8, counters(), array));
        List<String> seen = new ArrayList<>();
        Poller poller = opened(new Poller());
        poller.add(
                opened(RingBuffer.open(first)), (ring, at, _) -> seen.add("1:" + ring.get(ValueLayout.JAVA_LONG, at)));
        poller.add(
                opened(RingBuffer.open(second)), (ring, at, _) -> seen.add("2:" + ring.get(ValueLayout.JAVA_LONG, at)));
        PerfBuffer events = opened(PerfBuffer.open(array, PerfBuffer.Options.DEFAULT));
        poller.add(events, (_, memory, at, _) -> seen.add("p:" + memory.get(ValueLayout.JAVA_LONG_UNALIGNED, at)));

        assertThat(poller.poll(Duration.ofMillis(1))).isZero();
        Emitters.send(toSecond, 1);
        assertThat(poller.poll(LONG)).isEqualTo(1);
        assertThat(seen).containsExactly("2:0");
        seen.clear();
        Emitters.send(toFirst, 2);
        Emitters.send(toPerf, 1);
        while (seen.size() < 3) {
            assertThat(poller.poll(LONG)).isPositive();
        }
        assertThat(seen).containsExactlyInAnyOrder("1:0", "1:1", "p:0");
    }

    @Test
    void recordsSentWithoutWakingAreReadWhenAskedFor() {
        LinuxMap map = ringMap();
        LinuxProgram program = opened(Emitters.toRing(8, BPF_RB_NO_WAKEUP, counters(), map));
        Poller poller = opened(new Poller());
        poller.add(opened(RingBuffer.open(map)), (_, _, _) -> {});
        Emitters.send(program, 3);
        assertThat(poller.consume()).isEqualTo(3);
        assertThat(poller.consume()).isZero();
    }

    @Test
    void aClosedBufferIsNoLongerWaitedFor() {
        LinuxMap map = ringMap();
        LinuxProgram program = opened(Emitters.toRing(8, 0, counters(), map));
        RingBuffer ring = opened(RingBuffer.open(map));
        Poller poller = opened(new Poller());
        poller.add(ring, (_, _, _) -> {});
        Emitters.send(program, 1);
        ring.close();
        assertThat(poller.poll(Duration.ofMillis(10))).isZero();
        assertThat(poller.consume()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closingWakesWhoPolls(boolean virtual) throws InterruptedException {
        Poller poller = new Poller();
        poller.add(opened(RingBuffer.open(ringMap())), (_, _, _) -> {});
        CountDownLatch started = new CountDownLatch(1);
        Thread.Builder builder = virtual ? Thread.ofVirtual() : Thread.ofPlatform();
        Thread waiter = builder.start(() -> {
            started.countDown();
            poller.poll();
        });
        started.await();
        Thread.sleep(20);
        poller.close();
        assertThat(waiter.join(LONG)).isTrue();
    }

    /** More waiting threads than there are carriers: if waits held carriers, the last would never begin. */
    @Test
    void waitingVirtualThreadsDoNotHoldTheirCarriers() throws InterruptedException {
        int threads = 16 + 4 * Runtime.getRuntime().availableProcessors();
        CountDownLatch waiting = new CountDownLatch(threads);
        CountDownLatch served = new CountDownLatch(threads);
        List<LinuxProgram> programs = new ArrayList<>();
        List<RingBuffer> rings = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            LinuxMap map = ringMap();
            programs.add(opened(Emitters.toRing(8, 0, counters(), map)));
            rings.add(opened(RingBuffer.open(map)));
        }
        for (RingBuffer ring : rings) {
            Thread.ofVirtual().start(() -> {
                waiting.countDown();
                if (ring.await(LONG) && ring.take().isPresent()) {
                    served.countDown();
                }
            });
        }
        assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();
        programs.forEach(program -> Emitters.send(program, 1));
        assertThat(served.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void severalThreadsMayWaitForOneBuffer() throws InterruptedException {
        LinuxMap map = ringMap();
        LinuxProgram program = opened(Emitters.toRing(8, 0, counters(), map));
        RingBuffer ring = opened(RingBuffer.open(map));
        AtomicInteger woken = new AtomicInteger();
        List<Thread> waiters = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Thread.Builder builder = i % 2 == 0 ? Thread.ofVirtual() : Thread.ofPlatform();
            waiters.add(builder.start(() -> {
                if (ring.await(LONG)) {
                    woken.incrementAndGet();
                }
            }));
        }
        Thread.sleep(20);
        Emitters.send(program, 1);
        for (Thread waiter : waiters) {
            assertThat(waiter.join(LONG)).isTrue();
        }
        assertThat(woken).hasValue(6);
    }

    @Test
    void aVirtualThreadGoesOnWaitingWhenAnotherThreadWasFasterToRead() throws InterruptedException {
        LinuxMap map = ringMap();
        LinuxProgram program = opened(Emitters.toRing(8, 0, counters(), map));
        RingBuffer ring = opened(RingBuffer.open(map));
        for (int round = 0; round < 10; round++) {
            AtomicInteger found = new AtomicInteger();
            Thread waiter = Thread.ofVirtual().start(() -> found.set(ring.await(LONG) ? 1 : -1));
            Thread.sleep(5);
            Emitters.send(program, 1);
            ring.consume((_, _, _) -> {});
            Thread.sleep(5);
            Emitters.send(program, 1);
            assertThat(waiter.join(LONG)).isTrue();
            assertThat(found).hasValue(1);
            ring.consume((_, _, _) -> {});
        }
    }

    @Test
    void anInterruptedVirtualThreadReturns() throws InterruptedException {
        RingBuffer ring = opened(RingBuffer.open(ringMap()));
        Thread waiter = Thread.ofVirtual().start(ring::await);
        Thread.sleep(20);
        waiter.interrupt();
        assertThat(waiter.join(LONG)).isTrue();
    }
}
