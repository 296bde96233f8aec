package dev.skep.linux.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.map.NewMaps;
import dev.skep.object.Bytes;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.host.Program.Input;
import dev.skep.object.host.Program.Outcome;
import dev.skep.object.map.MapType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsBpf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@NeedsBpf
class TestRunTest {
    private static final int XDP_PASS = 2;
    private static final int XDP_DROP = 1;

    private static LinuxProgram returning(ProgramType type, int value) {
        return NewPrograms.load(type, "r0 = " + value + "\nexit\n");
    }

    @Test
    void returnsTheVerdictAndThePacket() {
        byte[] packet = new byte[64];
        packet[20] = 9;
        try (LinuxProgram program = returning(ProgramType.XDP, XDP_PASS)) {
            assertThat(program.run(Input.packet(packet)))
                    .isEqualTo(new Outcome(XDP_PASS, Bytes.of(packet), Bytes.EMPTY));
        }
    }

    @Test
    void returnsAPacketThatHasGrown() {
        try (LinuxProgram program = NewPrograms.load(ProgramType.SCHED_CLS, """
                r2 = 12000
                r3 = 0
                call bpf_skb_change_tail
                exit
                """)) {
            TestRunResult result = program.testRun(TestRunOptions.packet(new byte[64]));
            assertThat(result.returnValue()).isZero();
            assertThat(result.data().length()).isEqualTo(12000);
        }
    }

    @Test
    void repetitionsRunOnOneAfterTheOther() {
        try (LinuxMap runs = NewMaps.create(MapType.ARRAY, 4, 8, 1);
                LinuxProgram program = NewPrograms.load(ProgramType.XDP, counting("r0 = 2"), runs)) {
            TestRunResult result =
                    program.testRun(TestRunOptions.packet(new byte[64]).withRepeat(1000));
            assertThat(result.returnValue()).isEqualTo(XDP_PASS);
            assertThat(result.averageTime()).isBetween(Duration.ofNanos(1), Duration.ofMillis(1));
            assertThat(ByteBuffer.wrap(runs.lookup(new byte[4]).orElseThrow())
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong())
                    .isEqualTo(1000);
        }
    }

    private static String counting(String end) {
        return """
                *(u32 *)(r10 - 4) = 0
                r2 = r10
                r2 += -4
                r1 = %d ll
                call bpf_map_lookup_elem
                if r0 == 0 goto out
                r1 = 1
                lock *(u64 *)(r0 + 0) += r1
                out:
                """ + end + "\nexit\n";
    }

    @Test
    void contextsComeBackAsTheProgramLeftThem() {
        byte[] context = new byte[192]; // struct __sk_buff
        ByteBuffer.wrap(context).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 77); // mark
        try (LinuxProgram program = NewPrograms.load(ProgramType.SCHED_CLS, """
                r0 = *(u32 *)(r1 + 8)
                r2 = r0
                r2 += 1
                *(u32 *)(r1 + 8) = r2
                exit
                """)) {
            TestRunResult result =
                    program.testRun(TestRunOptions.packet(new byte[64]).withContext(Bytes.of(context)));
            assertThat(result.returnValue()).isEqualTo(77);
            assertThat(ByteBuffer.wrap(result.context().toArray())
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getInt(8))
                    .isEqualTo(78);
        }
    }

    @Test
    void syscallProgramsChangeTheirContextInPlace() {
        try (LinuxProgram program = NewPrograms.load(ProgramType.SYSCALL, """
                r2 = *(u64 *)(r1 + 0)
                r2 += 1
                *(u64 *)(r1 + 8) = r2
                r0 = 0
                exit
                """)) {
            TestRunResult result = program.testRun(TestRunOptions.context(new byte[] {
                41, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            }));
            assertThat(result.context().at(8)).isEqualTo((byte) 42);
        }
    }

    @Test
    void rawTracepointsRunOnACpuOfChoice() {
        int last = Runtime.getRuntime().availableProcessors() - 1;
        try (LinuxProgram program = NewPrograms.load(ProgramType.RAW_TRACEPOINT, """
                call bpf_get_smp_processor_id
                exit
                """)) {
            assertThat(program.testRun(TestRunOptions.context(new byte[8]).onCpu(last))
                            .returnValue())
                    .isEqualTo(last);
            assertThatThrownBy(() ->
                            program.testRun(TestRunOptions.context(new byte[8]).onCpu(100_000)))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENXIO))
                    .hasMessageContaining("no such CPU");
            assertThatThrownBy(() -> program.testRun(TestRunOptions.packet(new byte[64])))
                    .hasMessageContaining("take a context, no data");
        }
    }

    @Test
    void liveFramesGoWhereTheVerdictSendsThem() {
        try (LinuxMap runs = NewMaps.create(MapType.ARRAY, 4, 8, 1);
                LinuxProgram program = NewPrograms.load(ProgramType.XDP, counting("r0 = " + XDP_DROP), runs)) {
            TestRunResult result = program.testRun(
                    TestRunOptions.packet(new byte[64]).withRepeat(500).withLiveFrames(100));
            assertThat(result.data()).isEqualTo(Bytes.EMPTY);
            assertThat(ByteBuffer.wrap(runs.lookup(new byte[4]).orElseThrow())
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong())
                    .isEqualTo(500);
            assertThatThrownBy(() -> program.testRun(
                            TestRunOptions.packet(new byte[64]).withRepeat(500).withLiveFrames(1000)))
                    .hasMessageContaining("at most 256");
        }
    }

    @Test
    void refusalsSayWhatIsWrongWithTheInput() {
        try (LinuxProgram program = returning(ProgramType.XDP, XDP_PASS)) {
            assertThatThrownBy(() -> program.testRun(TestRunOptions.packet(new byte[3])))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
                    .hasMessageContaining("at least 14 bytes, got 3");
        }
        try (LinuxProgram program = returning(ProgramType.PERF_EVENT, 0)) {
            assertThatThrownBy(() -> program.testRun(TestRunOptions.DEFAULT))
                    .hasMessageContaining("cannot run programs of type PERF_EVENT");
        }
    }
}
