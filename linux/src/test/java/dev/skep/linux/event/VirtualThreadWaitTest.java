package dev.skep.linux.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.linux.map.NewMaps;
import dev.skep.object.map.MapType;
import dev.skep.testkit.NeedsBpf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever waits for the kernel lets go of its virtual thread's carrier: with many more waiting than there are carriers, another virtual
 * thread still runs, and the JVM reports none as pinned.
 */
@NeedsBpf
class VirtualThreadWaitTest {
    private static final int WAITING = 8 * Runtime.getRuntime().availableProcessors();
    private static final Duration LONG = Duration.ofSeconds(20);

    /** What can be waited for: each opens something that has nothing, and says how to wait and how to end it. */
    enum Wait {
        RING_BUFFER {
            @Override
            Waited open() {
                var map = NewMaps.create(MapType.RINGBUF, 0, 0, 4096);
                RingBuffer ring = RingBuffer.open(map);
                return new Waited(() -> ring.await(LONG), ring, map);
            }
        },
        RING_BUFFER_ITERATOR {
            @Override
            Waited open() {
                var map = NewMaps.create(MapType.RINGBUF, 0, 0, 4096);
                RingBuffer ring = RingBuffer.open(map);
                return new Waited(() -> assertThat(ring.iterator().hasNext()).isFalse(), ring, map);
            }
        },
        USER_RING_BUFFER {
            @Override
            Waited open() {
                var map = NewMaps.create(MapType.USER_RINGBUF, 0, 0, 4096);
                UserRingBuffer ring = UserRingBuffer.open(map);
                assertThat(ring.send(new byte[4096 - 8])).isTrue(); // full to the last byte, and nobody reads
                return new Waited(() -> ring.await(LONG), ring, map);
            }
        },
        PERF_BUFFER {
            @Override
            Waited open() {
                var map = NewMaps.create(MapType.PERF_EVENT_ARRAY, 4, 4, 64);
                PerfBuffer buffer = PerfBuffer.open(map, PerfBuffer.Options.DEFAULT);
                return new Waited(() -> buffer.await(LONG), buffer, map);
            }
        },
        POLLER {
            @Override
            Waited open() {
                var map = NewMaps.create(MapType.RINGBUF, 0, 0, 4096);
                RingBuffer ring = RingBuffer.open(map);
                Poller poller = new Poller();
                poller.add(ring, (_, _, _) -> {});
                return new Waited(poller::poll, poller, ring, map);
            }
        };

        abstract Waited open();
    }

    /** @param waits returns when {@code open} is closed, which is closed from first to last */
    record Waited(Runnable waits, AutoCloseable... open) {}

    @ParameterizedTest
    @EnumSource
    void aWaitHoldsNoCarrier(Wait wait, @TempDir Path folder) throws Exception {
        holdsNoCarrier(wait); // and loads the classes: who waits for that to be done is pinned
        try (Recording recording = new Recording()) {
            recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ofMillis(1));
            recording.start();
            holdsNoCarrier(wait);
            recording.stop();
            Path file = folder.resolve("pinned.jfr");
            recording.dump(file);
            assertThat(Files.exists(file)).isTrue();
            assertThat(RecordingFile.readAllEvents(file))
                    .extracting(RecordedEvent::toString)
                    .isEmpty();
        }
    }

    private static void holdsNoCarrier(Wait wait) throws Exception {
        List<Waited> waited = new ArrayList<>();
        List<Thread> waiters = new ArrayList<>();
        try {
            CountDownLatch begun = new CountDownLatch(WAITING);
            for (int i = 0; i < WAITING; i++) {
                Waited each = wait.open();
                waited.add(each);
                waiters.add(Thread.ofVirtual().start(() -> {
                    begun.countDown();
                    each.waits().run();
                }));
            }
            assertThat(begun.await(20, TimeUnit.SECONDS)).as("all wait at once").isTrue();
            CountDownLatch other = new CountDownLatch(1);
            Thread.ofVirtual().start(other::countDown);
            assertThat(other.await(10, TimeUnit.SECONDS)).as("another runs").isTrue();
            assertThat(waiters).allMatch(Thread::isAlive);
        } finally {
            for (Waited each : waited) {
                for (AutoCloseable open : each.open()) {
                    open.close();
                }
            }
        }
        for (Thread waiter : waiters) {
            assertThat(waiter.join(LONG)).isTrue();
        }
    }
}
