package dev.skep.engine.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.host.CpuEventStream;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PerfEventArrayMapTest {
    private final LiveMaps live = new LiveMaps();
    private final PerfEventArrayMap array =
            (PerfEventArrayMap) live.create(MapType.PERF_EVENT_ARRAY, 4, 4, LiveMaps.CPUS);

    @AfterEach
    void close() {
        live.close();
    }

    private long output(long flags, long number, int cpu) {
        return array.output(flags, live.value(number), 8, 0, 0, cpu);
    }

    @Test
    void aRecordArrivesWithItsCpu() {
        try (CpuEventStream events = array.events(4096)) {
            assertThat(output(PerfEventArrayMap.CURRENT_CPU, 70, 0)).isZero();
            assertThat(output(PerfEventArrayMap.CURRENT_CPU, 71, 1)).isZero();
            assertThat(output(1, 72, 1)).isZero();
            List<String> seen = new ArrayList<>();

            int count = events.drain((cpu, record) -> seen.add(cpu + ":" + record.getLong()));

            assertThat(count).isEqualTo(3);
            assertThat(seen).containsExactly("0:70", "1:71", "1:72");
        }
    }

    @Test
    void theErrnosAreTheKernels() {
        assertThat(output(PerfEventArrayMap.CURRENT_CPU, 1, 0))
                .as("nobody reads")
                .isEqualTo(Errno.ENOENT.negated());
        try (CpuEventStream events = array.events(4096)) {
            assertThat(output(1, 1, 0)).as("another CPU's").isEqualTo(Errno.EOPNOTSUPP.negated());
            assertThat(output(LiveMaps.CPUS, 1, 0)).isEqualTo(Errno.E2BIG.negated());
            assertThat(output(1L << 33, 1, 0)).isEqualTo(Errno.EINVAL.negated());
            assertThat(events.lost()).isZero();
        }
    }

    @Test
    void aFullQueueLosesAndCountsPerCpu() {
        try (CpuEventStream events = array.events(64)) {
            int sent = 0;
            while (output(PerfEventArrayMap.CURRENT_CPU, sent, 1) == 0) {
                sent++;
            }

            assertThat(sent).isEqualTo(4);
            assertThat(events.lost(1)).isEqualTo(1);
            assertThat(events.lost(0)).isZero();
            assertThat(events.lost()).isEqualTo(1);
            assertThat(events.drain(record -> {})).isEqualTo(4);
            assertThat(output(PerfEventArrayMap.CURRENT_CPU, 9, 1)).isZero();
        }
    }

    @Test
    void theDataAndThePacketComeInOneRecord() {
        live.sandbox.putLong(live.value + 100, 0x1122334455667788L);
        try (CpuEventStream events = array.events(64)) {
            for (int round = 0; round < 10; round++) {
                array.output(PerfEventArrayMap.CURRENT_CPU, live.value(5), 3, live.value + 100, 8, 0);
                events.drain(record -> {
                    assertThat(record.remaining()).isEqualTo(11);
                    assertThat(record.get()).isEqualTo((byte) 5);
                    assertThat(record.getLong(3)).isEqualTo(0x1122334455667788L);
                });
            }
        }
    }

    @Test
    void onlyOneStreamIsOpenAtATime() {
        CpuEventStream first = array.events(64);

        assertThatThrownBy(() -> array.events(64))
                .isInstanceOfSatisfying(
                        HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY));
        first.close();
        array.events(64).close();
    }
}
