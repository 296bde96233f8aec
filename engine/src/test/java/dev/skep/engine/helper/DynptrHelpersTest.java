package dev.skep.engine.helper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.engine.map.RingBufferMap;
import dev.skep.object.host.Errno;
import dev.skep.object.host.EventStream;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.object.program.HelperId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DynptrHelpersTest {
    private final StandaloneExecution run = new StandaloneExecution();
    private final long dynptr = run.memory(new byte[16]);

    @AfterEach
    void close() {
        run.close();
    }

    @Test
    void memoryIsReadAndWrittenWithinItsBounds() {
        long data = run.memory(new byte[] {1, 2, 3, 4});
        long buffer = run.memory(new byte[4]);
        assertThat(DynptrHelpers.fromMemory(run, data, 4, 0, dynptr, 0)).isZero();
        assertThat(DynptrHelpers.read(run, buffer, 2, dynptr, 1, 0)).isZero();
        assertThat(run.sandbox.toArray(buffer, 4)).containsExactly(2, 3, 0, 0);
        assertThat(DynptrHelpers.write(run, dynptr, 2, buffer, 2, 0)).isZero();
        assertThat(run.sandbox.toArray(data, 4)).containsExactly(1, 2, 2, 3);
        assertThat(DynptrHelpers.data(run, dynptr, 3, 1, 0, 0)).isEqualTo(data + 3);
    }

    @Test
    void accessBeyondTheEndIsRefused() {
        long data = run.memory(new byte[4]);
        DynptrHelpers.fromMemory(run, data, 4, 0, dynptr, 0);
        assertThat(DynptrHelpers.read(run, data, 3, dynptr, 2, 0)).isEqualTo(Errno.E2BIG.negated());
        assertThat(DynptrHelpers.write(run, dynptr, 0xffff_ffffL, data, 2, 0)).isEqualTo(Errno.E2BIG.negated());
        assertThat(DynptrHelpers.data(run, dynptr, 4, 1, 0, 0)).isZero();
    }

    @Test
    void aSubmittedRecordArrivesAndItsDynptrIsSpent() {
        RingBufferMap ring = (RingBufferMap) run.maps.create(MapSpec.of("ring", MapType.RINGBUF, 0, 0, 4096));
        EventStream events = ring.events();
        long buffer = run.memory(new byte[] {7, 8});
        assertThat(EventHelpers.ringBufferReserveDynptr(run, ring.handle(), 2, 0, dynptr, 0))
                .isZero();
        assertThat(DynptrHelpers.write(run, dynptr, 0, buffer, 2, 0)).isZero();
        EventHelpers.ringBufferSubmitDynptr(run, dynptr, 0, 0, 0, 0);
        List<Byte> received = new ArrayList<>();
        assertThat(events.drain(record -> {
                    while (record.hasRemaining()) {
                        received.add(record.get());
                    }
                }))
                .isEqualTo(1);
        assertThat(received).containsExactly((byte) 7, (byte) 8);
        assertThat(DynptrHelpers.data(run, dynptr, 0, 1, 0, 0)).isZero();
    }

    @Test
    void aReservationThatFailsLeavesADynptrThatCanBeDiscarded() {
        RingBufferMap ring = (RingBufferMap) run.maps.create(MapSpec.of("ring", MapType.RINGBUF, 0, 0, 4096));
        assertThat(EventHelpers.ringBufferReserveDynptr(run, ring.handle(), 8192, 0, dynptr, 0))
                .isNegative();
        assertThat(EventHelpers.ringBufferDiscardDynptr(run, dynptr, 0, 0, 0, 0))
                .isZero();
        assertThat(ring.events().drain(record -> {})).isZero();
    }

    @Test
    void checkedModeRefusesMemoryThatIsNotThere() {
        Helper read = new HelperCheck(HelperTable.find(HelperId.DYNPTR_READ).orElseThrow());
        long data = run.memory(new byte[4]);
        DynptrHelpers.fromMemory(run, data, 4, 0, dynptr, 0);
        assertThat(read.call(run, data, 4, dynptr, 0, 0)).isZero();
        assertThatThrownBy(() -> read.call(run, data, 64, dynptr, 0, 0)).hasMessageContaining("write of 64 bytes");
    }
}
