package dev.skep.linux.event;

import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.program.NewPrograms;
import dev.skep.linux.program.TestRunOptions;
import dev.skep.object.program.ProgramType;

/** Programs that send records when they are test-run, and count what they could not send. */
final class Emitters {
    /** Sends a record of {@code size} bytes that begins with a number counting up in the map {@code counters}. */
    private static final String NUMBERED = """
            r6 = r1
            *(u32 *)(r10 - 4) = 0
            r2 = r10
            r2 += -4
            r1 = %%d ll
            call bpf_map_lookup_elem
            if r0 == 0 goto out
            r7 = r0
            r8 = *(u64 *)(r7 + 0)
            r1 = r8
            r1 += 1
            *(u64 *)(r7 + 0) = r1
            %s
            out:
            r0 = 2
            exit
            """;

    private Emitters() {}

    /** To a ring buffer. @param maps an array of {number sent, number refused}, the ring */
    static LinuxProgram toRing(int size, int flags, LinuxMap counters, LinuxMap ring) {
        return NewPrograms.load(ProgramType.XDP, NUMBERED.formatted("""
                r1 = %%d ll
                r2 = %d
                r3 = 0
                call bpf_ringbuf_reserve
                if r0 == 0 goto full
                *(u64 *)(r0 + 0) = r8
                r1 = r0
                r2 = %d
                call bpf_ringbuf_submit
                goto out
                full:
                r1 = *(u64 *)(r7 + 8)
                r1 += 1
                *(u64 *)(r7 + 8) = r1
                """.formatted(size, flags)), counters, ring);
    }

    /** To a ring buffer; every second record is discarded. */
    static LinuxProgram discardingHalf(LinuxMap counters, LinuxMap ring) {
        return NewPrograms.load(ProgramType.XDP, NUMBERED.formatted("""
                r1 = %d ll
                r2 = 24
                r3 = 0
                call bpf_ringbuf_reserve
                if r0 == 0 goto out
                *(u64 *)(r0 + 0) = r8
                r1 = r0
                r2 = 0
                r8 &= 1
                if r8 == 0 goto submit
                call bpf_ringbuf_discard
                goto out
                submit:
                call bpf_ringbuf_submit
                """), counters, ring);
    }

    /** To the running CPU's part of a perf buffer. @param size multiple of 8, up to 256 */
    static LinuxProgram toPerf(int size, LinuxMap counters, LinuxMap array) {
        return toPerf(ProgramType.XDP, size, counters, array);
    }

    /** The same for {@link #sendOn}. */
    static LinuxProgram toPerfOnAnyCpu(int size, LinuxMap counters, LinuxMap array) {
        return toPerf(ProgramType.RAW_TRACEPOINT, size, counters, array);
    }

    private static LinuxProgram toPerf(ProgramType type, int size, LinuxMap counters, LinuxMap array) {
        StringBuilder clear = new StringBuilder();
        for (int at = size; at > 8; at -= 8) {
            clear.append("*(u64 *)(r10 - ").append(at - 8).append(") = 0\n");
        }
        return NewPrograms.load(type, NUMBERED.formatted(clear + """
                *(u64 *)(r10 - %d) = r8
                r1 = r6
                r2 = %%d ll
                w3 = -1
                r4 = r10
                r4 += -%d
                r5 = %d
                call bpf_perf_event_output
                """.formatted(size, size, size)), counters, array);
    }

    /** Has a program send so many records. */
    static void send(LinuxProgram program, int count) {
        program.testRun(TestRunOptions.packet(new byte[64]).withRepeat(count));
    }

    /** Has a program send one record on a CPU of the test's choice, which only raw tracepoints can be told. */
    static void sendOn(int cpu, LinuxProgram program) {
        program.testRun(TestRunOptions.DEFAULT.onCpu(cpu));
    }
}
