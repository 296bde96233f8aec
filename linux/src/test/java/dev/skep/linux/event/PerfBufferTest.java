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
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NeedsBpf
class PerfBufferTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final long descriptors = OpenDescriptors.count();
    private final LinuxMap counters = NewMaps.create(MapType.ARRAY, 4, 16, 1);
    private final LinuxMap map = NewMaps.create(MapType.PERF_EVENT_ARRAY, 4, 4, 64);

    @AfterEach
    void close() {
        map.close();
        counters.close();
    }

    @Test
    void recordsComeWholeAlsoAroundTheEndOfTheRing() {
        int size = 104; // with its header 120 bytes, which does not divide the ring
        try (LinuxProgram program = Emitters.toPerf(size, counters, map);
                PerfBuffer events = PerfBuffer.open(map, new PerfBuffer.Options(1, 0))) {
            List<Long> seen = new ArrayList<>();
            for (int round = 0; round < 100; round++) {
                Emitters.send(program, 10);
                int read = events.drain((cpu, record) -> {
                    assertThat(record.remaining()).isGreaterThanOrEqualTo(size);
                    seen.add(record.getLong());
                    assertThat(record.getLong(96)).isZero();
                });
                assertThat(read).isEqualTo(10);
            }
            assertThat(seen).doesNotHaveDuplicates().hasSize(1000).contains(0L, 999L);
            assertThat(events.lost()).isZero();
        }
    }

    @Test
    void recordsOfACpuComeInOrder() {
        try (LinuxProgram program = Emitters.toPerf(8, counters, map);
                PerfBuffer events = PerfBuffer.open(map, PerfBuffer.Options.DEFAULT)) {
            Emitters.send(program, 100);
            TreeMap<Integer, List<Long>> byCpu = new TreeMap<>();
            events.drain((int cpu, ByteBuffer record) ->
                    byCpu.computeIfAbsent(cpu, _ -> new ArrayList<>()).add(record.getLong()));
            assertThat(events.cpus()).containsAll(byCpu.keySet());
            byCpu.values().forEach(numbers -> assertThat(numbers).isSorted());
            assertThat(byCpu.values().stream().mapToInt(List::size).sum()).isEqualTo(100);
        }
    }

    @Test
    void whatFindsNoRoomIsCounted() {
        try (LinuxProgram program = Emitters.toPerfOnAnyCpu(8, counters, map);
                PerfBuffer events = PerfBuffer.open(map, new PerfBuffer.Options(1, 0))) {
            int sent = 0;
            for (int cpu : events.cpus()) {
                for (int i = 0; i < 500; i++, sent++) { // a page has room for fewer
                    Emitters.sendOn(cpu, program);
                }
            }
            int read = events.drain(_ -> {});
            assertThat(read).isLessThan(sent);
            assertThat(events.lost()).as("told before a record finds room").isZero();
            // The kernel says how many were lost with the next record of the same CPU that finds room.
            for (int cpu : events.cpus()) {
                Emitters.sendOn(cpu, program);
                sent++;
            }
            read += events.drain(_ -> {});
            assertThat(read + events.lost()).isEqualTo(sent);
            assertThat(events.cpus())
                    .allSatisfy(cpu -> assertThat(events.lost(cpu)).isPositive());
            assertThat(events.cpus().stream().mapToLong(events::lost).sum()).isEqualTo(events.lost());
            assertThat(events.lost(100_000)).isZero();
        }
    }

    @Test
    void aWatermarkHoldsBackWaking() {
        try (LinuxProgram program = Emitters.toPerf(8, counters, map);
                PerfBuffer events = PerfBuffer.open(map, new PerfBuffer.Options(4, 8192))) {
            Emitters.send(program, 1);
            assertThat(events.await(Duration.ofMillis(20))).isFalse();
            Emitters.send(program, 1000); // over the watermark on at least one CPU
            assertThat(events.await(LONG)).isTrue();
            assertThat(events.drain(_ -> {})).isPositive();
        }
    }

    @Test
    void waitingEndsWithARecord() {
        try (LinuxProgram program = Emitters.toPerf(8, counters, map);
                PerfBuffer events = PerfBuffer.open(map, PerfBuffer.Options.DEFAULT)) {
            assertThat(events.await(Duration.ofMillis(1))).isFalse();
            Emitters.send(program, 1);
            assertThat(events.await(LONG)).isTrue();
        }
    }

    @Test
    void readingCostsNoAllocation() {
        try (LinuxProgram program = Emitters.toPerf(16, counters, map);
                PerfBuffer events = PerfBuffer.open(map, PerfBuffer.Options.DEFAULT)) {
            long[] sum = new long[1];
            CpuRecordConsumer consumer =
                    (cpu, memory, offset, length) -> sum[0] += memory.get(ValueLayout.JAVA_LONG_UNALIGNED, offset);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long records = 0;
            long bytes = 0;
            for (int round = 0; round < 100; round++) {
                Emitters.send(program, 2000);
                long before = threads.getCurrentThreadAllocatedBytes();
                int read = events.consume(consumer);
                long allocated = threads.getCurrentThreadAllocatedBytes() - before;
                assertThat(read).isEqualTo(2000);
                if (round >= 60) { // after the JVM has compiled it
                    records += read;
                    bytes += allocated;
                }
            }
            assertThat((double) bytes / records).as("bytes for each record").isLessThan(0.1);
        }
    }

    @Test
    void closingFromWithinTheActionEndsReadingWithThatRecord() {
        try (LinuxProgram program = Emitters.toPerf(8, counters, map);
                PerfBuffer events = PerfBuffer.open(map, PerfBuffer.Options.DEFAULT)) {
            Emitters.send(program, 3);
            assertThat(events.consume((_, _, _, _) -> events.close())).isEqualTo(1);
            assertThatThrownBy(() -> events.consume((_, _, _, _) -> {})).hasMessageContaining("is closed");
        }
    }

    @Test
    void closingGivesEverythingBack() {
        PerfBuffer events = PerfBuffer.open(map, PerfBuffer.Options.DEFAULT);
        events.await(Duration.ZERO);
        events.close();
        events.close();
        map.close();
        counters.close();
        assertThat(OpenDescriptors.count()).isEqualTo(descriptors);
    }

    @Test
    void wrongMapsAndSizesAreRefused() {
        assertThatThrownBy(() -> PerfBuffer.open(counters, PerfBuffer.Options.DEFAULT))
                .hasMessageContaining("is no perf event array");
        assertThatThrownBy(() -> new PerfBuffer.Options(3, 0)).hasMessageContaining("no power of two");
    }
}
