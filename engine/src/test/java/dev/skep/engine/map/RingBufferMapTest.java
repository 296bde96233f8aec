package dev.skep.engine.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.host.Errno;
import dev.skep.object.host.EventStream;
import dev.skep.object.map.MapType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RingBufferMapTest {
    private static final int SIZE = 4096;
    private static final long AVAILABLE = 0;
    private static final long CONSUMER = 2;
    private static final long PRODUCER = 3;

    private final LiveMaps live = new LiveMaps();
    private final RingBufferMap ring = (RingBufferMap) live.create(MapType.RINGBUF, 0, 0, SIZE);
    private final RecordSender sender = ring.sender();

    @AfterEach
    void close() {
        live.close();
    }

    private static List<Long> drain(EventStream events) {
        List<Long> records = new ArrayList<>();
        events.drain(record -> records.add(record.getLong()));
        return records;
    }

    private long reserve(long number) {
        long record = sender.reserve(8, 0);
        live.sandbox.putLong(record, number);
        return record;
    }

    @Test
    void recordsArriveInTheOrderTheyWereReserved() {
        EventStream events = ring.events();
        long first = reserve(1);
        long second = reserve(2);
        long third = reserve(3);

        sender.submit(second, 0);
        assertThat(drain(events)).isEmpty();
        sender.submit(first, 0);
        assertThat(drain(events)).containsExactly(1L, 2L);
        sender.discard(third, 0);
        assertThat(drain(events)).isEmpty();
        assertThat(ring.query(AVAILABLE)).isZero();
    }

    @Test
    void theHeaderIsTheKernels() {
        long record = sender.reserve(20, 0);

        assertThat(live.sandbox.getInt(record - 8)).isEqualTo(20 | 1 << 31);
        sender.discard(record, 0);
        assertThat(live.sandbox.getInt(record - 8)).isEqualTo(20 | 1 << 30);
        assertThat(ring.query(PRODUCER)).isEqualTo(32);
    }

    @Test
    void aFullRingLosesAndCountsRecords() {
        EventStream events = ring.events();
        // 8 bytes of header with each: all but one of 256 fit, for a ring is never full to the brim.
        for (int i = 0; i < SIZE / 16 - 1; i++) {
            assertThat(sender.output(live.value(i), 8, 0)).isZero();
        }

        assertThat(sender.output(live.value(0), 8, 0)).isEqualTo(Errno.EAGAIN.negated());
        assertThat(sender.reserve(SIZE - 8, 0)).isZero();

        assertThat(events.lost()).isEqualTo(2);
        assertThat(drain(events)).hasSize(255);
        assertThat(sender.output(live.value(0), 8, 0)).isZero();
    }

    @Test
    void unknownFlagsAreRefused() {
        assertThat(sender.output(live.value, 8, 4)).isEqualTo(Errno.EINVAL.negated());
        assertThat(sender.reserve(8, 1)).isZero();
    }

    @Test
    void everyRecordIsInOnePieceHoweverOftenTheRingGoesRound() {
        EventStream events = ring.events();
        Random random = new Random(1);
        List<byte[]> sent = new ArrayList<>();
        List<byte[]> received = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[random.nextInt(1500)];
            random.nextBytes(bytes);
            live.sandbox.write(bytes, 0, live.value, bytes.length);
            if (sender.output(live.value, bytes.length, 0) == 0) {
                sent.add(bytes);
            }
            if (random.nextInt(3) == 0) {
                events.drain(record -> received.add(copy(record)));
            }
        }
        events.drain(record -> received.add(copy(record)));

        assertThat(received).containsExactlyElementsOf(sent);
        assertThat(sent).hasSizeGreaterThan(500);
        assertThat(ring.query(CONSUMER)).isEqualTo(ring.query(PRODUCER));
    }

    private static byte[] copy(ByteBuffer record) {
        byte[] bytes = new byte[record.remaining()];
        record.get(bytes);
        return bytes;
    }

    @Test
    void theReaderIsToldOfRecordsItWaitsForUnlessFlagsSayOtherwise() {
        AtomicInteger wakeups = new AtomicInteger();
        ring.onWakeup(wakeups::incrementAndGet);
        sender.submit(reserve(1), 0);
        assertThat(wakeups).hasValue(1);

        sender.submit(reserve(2), 0);
        assertThat(wakeups).as("the reader is behind already").hasValue(1);
        sender.submit(reserve(3), RingBufferMap.FORCE_WAKEUP);
        assertThat(wakeups).hasValue(2);

        drain(ring.events());
        sender.submit(reserve(4), RingBufferMap.NO_WAKEUP);
        assertThat(wakeups).hasValue(2);
    }

    @Test
    void aRecordsRingIsFoundByItsAddress() {
        long record = reserve(1);

        assertThat(RecordRing.ownerAt(live.sandbox, record)).isEqualTo(ring.id());
        assertThat(ring.holdsRecord(record)).isTrue();
        assertThat(ring.recordSize(record)).isEqualTo(8);
        assertThat(ring.holdsRecord(live.value)).isFalse();
    }

    @Test
    void samplesFromJavaReachTheProgramInOrder() {
        UserRingBufferMap user = (UserRingBufferMap) live.create(MapType.USER_RINGBUF, 0, 0, SIZE);
        for (int i = 0; i < 3; i++) {
            assertThat(user.send(LiveMaps.u64(i))).isTrue();
        }
        List<Long> seen = new ArrayList<>();

        long first = user.drain((sample, size) -> stopAt(1, seen, sample, size), 0);
        long rest = user.drain((sample, size) -> stopAt(9, seen, sample, size), 0);

        assertThat(first).isEqualTo(2);
        assertThat(rest).isEqualTo(1);
        assertThat(seen).containsExactly(0L, 1L, 2L);
        assertThat(user.drain((sample, size) -> 0, 4)).isEqualTo(Errno.EINVAL.negated());
        assertThat(user.send(new byte[SIZE])).isFalse();
    }

    private long stopAt(long last, List<Long> seen, long sample, long size) {
        assertThat(size).isEqualTo(8);
        seen.add(live.sandbox.getLong(sample));
        return live.sandbox.getLong(sample) == last ? 1 : 0;
    }

    @Test
    void aDrainInsideADrainIsRefused() {
        UserRingBufferMap user = (UserRingBufferMap) live.create(MapType.USER_RINGBUF, 0, 0, SIZE);
        user.send(new byte[8]);
        List<Long> inner = new ArrayList<>();

        user.drain(
                (sample, size) -> {
                    inner.add(user.drain((s, n) -> 0, 0));
                    return 0;
                },
                0);

        assertThat(inner).containsExactly((long) Errno.EBUSY.negated());
    }
}
