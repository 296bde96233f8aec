package dev.skep.linux.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.map.NewMaps;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.OpenDescriptors;
import dev.skep.object.map.MapType;
import dev.skep.testkit.NeedsBpf;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsBpf
class RingBufferTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int BPF_RB_NO_WAKEUP = 1; // linux/bpf.h

    private final long descriptors = OpenDescriptors.count();
    private final LinuxMap counters = NewMaps.create(MapType.ARRAY, 4, 16, 1);
    private final LinuxMap map = NewMaps.create(MapType.RINGBUF, 0, 0, 1 << 16);
    private final RingBuffer ring = RingBuffer.open(map);

    @AfterEach
    void close() {
        ring.close();
        map.close();
        counters.close();
    }

    private List<Long> consumed() {
        List<Long> numbers = new ArrayList<>();
        ring.consume((memory, offset, length) -> numbers.add(memory.get(ValueLayout.JAVA_LONG, offset)));
        return numbers;
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    private long refused() {
        return ByteBuffer.wrap(counters.lookup(new byte[4]).orElseThrow())
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong(8);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 64, 500, 4096, 20_000})
    void recordsComeInOrderAndWhole(int size) {
        try (LinuxProgram program = Emitters.toRing(size, 0, counters, map)) {
            long sent = 0;
            for (int round = 0; round < 50; round++) { // several times around the ring
                Emitters.send(program, 2);
                List<Integer> lengths = new ArrayList<>();
                List<Long> seen = new ArrayList<>();
                ring.consume((memory, offset, length) -> {
                    lengths.add(length);
                    seen.add(memory.get(ValueLayout.JAVA_LONG, offset));
                    memory.asSlice(offset, length).get(ValueLayout.JAVA_BYTE, length - 1); // in one piece
                });
                assertThat(seen).isEqualTo(numbers(sent, sent + 2));
                assertThat(lengths).containsOnly(size);
                sent += 2;
            }
            assertThat(ring.available()).isZero();
        }
    }

    @Test
    void discardedRecordsArePassedOver() {
        try (LinuxProgram program = Emitters.discardingHalf(counters, map)) {
            for (int round = 0; round < 200; round++) {
                Emitters.send(program, 20);
                assertThat(consumed()).hasSize(10).allMatch(number -> number % 2 == 0);
                assertThat(ring.available()).isZero();
            }
        }
    }

    @Test
    void anActionCannotReadFromTheBufferThatItReads() {
        try (LinuxProgram program = Emitters.toRing(8, 0, counters, map)) {
            Emitters.send(program, 6);
            List<Runnable> readings = List.of(this::consumed, ring::next, ring::take);
            for (Runnable reading : readings) {
                assertThatThrownBy(() -> ring.consume((_, _, _) -> reading.run()))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("which is being read");
            }
            assertThat(consumed()).isEqualTo(numbers(readings.size(), 6));
        }
    }

    @Test
    void uncommittedRecordsKeepTheirMemory() {
        try (LinuxProgram program = Emitters.toRing(8, 0, counters, map)) {
            Emitters.send(program, 3);
            assertThat(ring.next()).isTrue();
            MemorySegment first = ring.slice();
            assertThat(ring.next()).isTrue();
            assertThat(ring.available()).isEqualTo(3 * 16);
            assertThat(first.get(ValueLayout.JAVA_LONG, 0)).isZero();
            assertThat(ring.slice().get(ValueLayout.JAVA_LONG, 0)).isEqualTo(1);
            ring.commit();
            assertThat(ring.available()).isEqualTo(16);
            assertThat(ring.take())
                    .hasValueSatisfying(record -> assertThat(record[0]).isEqualTo((byte) 2));
            assertThat(ring.take()).isEmpty();
        }
    }

    @Test
    void aFullRingRefusesAndGoesOnOnceRead() {
        try (LinuxProgram program = Emitters.toRing(1000, 0, counters, map)) {
            Emitters.send(program, 100);
            int fit = (1 << 16) / 1008;
            assertThat(refused()).isEqualTo(100 - fit);
            assertThat(consumed()).isEqualTo(numbers(0, fit));
            Emitters.send(program, 1);
            assertThat(consumed()).containsExactly(100L);
            assertThat(ring.lost()).isZero(); // known to the program alone
        }
    }

    @Test
    void bufferViewsAreLittleEndianAndReadOnly() {
        try (LinuxProgram program = Emitters.toRing(8, 0, counters, map)) {
            Emitters.send(program, 2);
            List<Long> seen = new ArrayList<>();
            assertThat(ring.drain(buffer -> {
                        assertThat(buffer.isReadOnly()).isTrue();
                        assertThat(buffer.remaining()).isEqualTo(8);
                        seen.add(buffer.getLong());
                    }))
                    .isEqualTo(2);
            assertThat(seen).containsExactly(0L, 1L);
        }
    }

    @Test
    void aConsumerThatThrowsHasHadItsRecord() {
        try (LinuxProgram program = Emitters.toRing(8, 0, counters, map)) {
            Emitters.send(program, 2);
            assertThatThrownBy(() -> ring.consume((memory, offset, length) -> {
                        throw new IllegalArgumentException("no");
                    }))
                    .hasMessage("no");
            assertThat(consumed()).containsExactly(1L);
        }
    }

    @Test
    void closingFromWithinTheActionEndsReadingWithThatRecord() {
        try (LinuxProgram program = Emitters.toRing(8, 0, counters, map)) {
            Emitters.send(program, 3);
            List<Long> seen = new ArrayList<>();
            int handed = ring.consume((memory, offset, length) -> {
                ring.close();
                seen.add(memory.get(ValueLayout.JAVA_LONG, offset)); // its memory is still there
            });
            assertThat(handed).isEqualTo(1);
            assertThat(seen).containsExactly(0L);
            assertThatThrownBy(() -> ring.consume((_, _, _) -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is closed");
            try (RingBuffer again = RingBuffer.open(map)) { // the record was given back
                assertThat(again.available()).isEqualTo(2 * 16);
            }
        }
    }

    @Test
    void whatTheActionThrowsIsNotLostWhenItClosed() {
        try (LinuxProgram program = Emitters.toRing(8, 0, counters, map)) {
            Emitters.send(program, 1);
            assertThatThrownBy(() -> ring.consume((_, _, _) -> {
                        ring.close();
                        throw new IllegalArgumentException("no");
                    }))
                    .hasMessage("no");
        }
    }

    @Test
    void readingCostsNoAllocation() {
        try (LinuxProgram program = Emitters.toRing(16, BPF_RB_NO_WAKEUP, counters, map)) {
            long[] sum = new long[1];
            RecordConsumer consumer = (memory, offset, length) -> sum[0] += memory.get(ValueLayout.JAVA_LONG, offset);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long records = 0;
            long bytes = 0;
            for (int round = 0; records < 1_000_000; round++) {
                Emitters.send(program, 2000);
                long before = threads.getCurrentThreadAllocatedBytes();
                int read = ring.consume(consumer);
                long allocated = threads.getCurrentThreadAllocatedBytes() - before;
                assertThat(read).isEqualTo(2000);
                if (round >= 100) { // after the JVM has compiled it
                    records += read;
                    bytes += allocated;
                }
            }
            assertThat((double) bytes / records).as("bytes for each record").isLessThan(0.1);
            assertThat(sum[0]).isPositive();
        }
    }

    @Test
    void waitingEndsWithARecordOrTheTime() {
        try (LinuxProgram program = Emitters.toRing(8, 0, counters, map)) {
            assertThat(ring.await(Duration.ofMillis(1))).isFalse();
            assertThat(ring.await(Duration.ZERO)).isFalse();
            Thread sender = Thread.ofPlatform().start(() -> Emitters.send(program, 1));
            assertThat(ring.await(LONG)).isTrue();
            assertThat(consumed()).containsExactly(0L);
            assertThat(sender).isNotNull();
        }
    }

    @Test
    void iterationWaitsAndEndsWhenClosed() throws InterruptedException {
        try (LinuxProgram program = Emitters.toRing(8, 0, counters, map)) {
            List<Byte> seen = new ArrayList<>();
            CountDownLatch three = new CountDownLatch(3);
            Thread reader = Thread.ofVirtual()
                    .start(() -> ring.forEach(record -> {
                        seen.add(record[0]);
                        three.countDown();
                    }));
            Emitters.send(program, 1);
            Emitters.send(program, 2);
            assertThat(three.await(20, TimeUnit.SECONDS)).isTrue();
            ring.close();
            assertThat(reader.join(LONG)).isTrue();
            assertThat(seen).containsExactly((byte) 0, (byte) 1, (byte) 2);
        }
    }

    /** Asks for two records at a time. */
    private static final class TwoByTwo implements Flow.Subscriber<byte[]> {
        private final List<Byte> seen = new ArrayList<>();
        private final CountDownLatch completed = new CountDownLatch(1);
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private volatile CountDownLatch pair = new CountDownLatch(2);
        private Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(2);
        }

        @Override
        public void onNext(byte[] record) {
            seen.add(record[0]);
            pair.countDown();
        }

        @Override
        public void onError(Throwable error) {
            failure.set(error);
            completed.countDown();
        }

        @Override
        public void onComplete() {
            completed.countDown();
        }
    }

    @Test
    void aSubscriberGetsWhatItAsksForAndTheRestStays() throws InterruptedException {
        try (LinuxProgram program = Emitters.toRing(8, 0, counters, map)) {
            Emitters.send(program, 5);
            TwoByTwo subscriber = new TwoByTwo();
            Flow.Publisher<byte[]> publisher = ring.publisher();
            publisher.subscribe(subscriber);
            assertThat(subscriber.pair.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(subscriber.seen).containsExactly((byte) 0, (byte) 1);
            assertThat(ring.available()).isEqualTo(3 * 16);
            subscriber.pair = new CountDownLatch(2);
            subscriber.subscription.request(2);
            assertThat(subscriber.pair.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(subscriber.seen).containsExactly((byte) 0, (byte) 1, (byte) 2, (byte) 3);
            TwoByTwo second = new TwoByTwo();
            publisher.subscribe(second);
            assertThat(second.failure.get()).hasMessageContaining("has a subscriber already");
            subscriber.subscription.request(10);
            ring.close();
            assertThat(subscriber.completed.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(subscriber.failure.get()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closingWakesWhoWaits(boolean virtual) throws InterruptedException {
        CountDownLatch waiting = new CountDownLatch(1);
        AtomicReference<Boolean> found = new AtomicReference<>();
        Thread.Builder builder = virtual ? Thread.ofVirtual() : Thread.ofPlatform();
        Thread waiter = builder.start(() -> {
            waiting.countDown();
            found.set(ring.await());
        });
        waiting.await();
        Thread.sleep(20);
        assertThat(waiter.isAlive()).isTrue();
        ring.close();
        assertThat(waiter.join(LONG)).isTrue();
        assertThat(found.get()).isFalse();
    }

    @Test
    void closingGivesEverythingBack() {
        ring.await(Duration.ZERO);
        ring.close();
        ring.close();
        map.close();
        counters.close();
        assertThat(OpenDescriptors.count()).isEqualTo(descriptors);
        assertThat(ring.await(LONG)).isFalse();
        assertThatThrownBy(() -> ring.consume((memory, offset, length) -> {}))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void otherMapsAreRefused() {
        assertThatThrownBy(() -> RingBuffer.open(counters)).hasMessageContaining("is no ring buffer");
    }
}
