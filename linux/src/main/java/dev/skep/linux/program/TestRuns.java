package dev.skep.linux.program;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.TestRun;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.Bytes;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.ProgramType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;

/** {@code BPF_PROG_TEST_RUN}: runs of a program on made-up input (net/bpf/test_run.c). */
final class TestRuns {
    private static final int BPF_F_TEST_RUN_ON_CPU = 1; // linux/bpf.h
    private static final int BPF_F_TEST_XDP_LIVE_FRAMES = 1 << 1;

    /** Room for what a program adds to a packet: as much as any helper can. */
    private static final long GROWTH = 1 << 16;

    private static final int ETHERNET_HEADER = 14;

    private final LinuxProgram program;
    private final TestRunOptions options;
    private final ProgramType type;

    TestRuns(LinuxProgram program, TestRunOptions options) {
        this.program = program;
        this.options = options;
        this.type = program.spec().type();
    }

    TestRunResult run() {
        long room = options.data().length() + GROWTH;
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            MemorySegment dataOut = data(attr, arena, room);
            MemorySegment contextOut = context(attr, arena);
            settings(attr);
            long result = attr.call(BpfCommand.PROG_TEST_RUN);
            if (SystemFailure.is(result, Errno.ENOSPC) && attr.get(TestRun.DATA_SIZE_OUT) > room) {
                // The kernel has told how much it needs. The program runs again, from the beginning.
                dataOut = arena.allocate(attr.get(TestRun.DATA_SIZE_OUT));
                attr.set(TestRun.DATA_OUT, dataOut).set(TestRun.DATA_SIZE_OUT, dataOut.byteSize());
                result = attr.call(BpfCommand.PROG_TEST_RUN);
            }
            if (result < 0) {
                throw refused(result);
            }
            return new TestRunResult(
                    (int) attr.get(TestRun.RETVAL),
                    bytes(dataOut, attr.get(TestRun.DATA_SIZE_OUT)),
                    type == ProgramType.SYSCALL
                            ? bytes(contextOut, contextOut.byteSize())
                            : bytes(contextOut, attr.get(TestRun.CTX_SIZE_OUT)),
                    Duration.ofNanos(attr.get(TestRun.DURATION)));
        }
    }

    /** @return where the kernel puts the packet */
    private MemorySegment data(BpfAttr attr, Arena arena, long room) {
        byte[] data = options.data().toArray();
        attr.set(TestRun.PROG_FD, program.descriptor());
        if (data.length == 0) {
            return MemorySegment.NULL;
        }
        attr.set(TestRun.DATA_IN, arena.allocateFrom(ValueLayout.JAVA_BYTE, data))
                .set(TestRun.DATA_SIZE_IN, data.length);
        if (options.liveFrames()) {
            return MemorySegment.NULL;
        }
        MemorySegment out = arena.allocate(room);
        attr.set(TestRun.DATA_OUT, out).set(TestRun.DATA_SIZE_OUT, room);
        return out;
    }

    /** @return where the kernel puts the context */
    private MemorySegment context(BpfAttr attr, Arena arena) {
        byte[] context = options.context().toArray();
        if (context.length == 0) {
            return MemorySegment.NULL;
        }
        MemorySegment in = arena.allocateFrom(ValueLayout.JAVA_BYTE, context);
        attr.set(TestRun.CTX_IN, in).set(TestRun.CTX_SIZE_IN, context.length);
        return switch (type) {
            case SYSCALL -> in; // changed in place
            case RAW_TRACEPOINT, RAW_TRACEPOINT_WRITABLE, TRACING -> MemorySegment.NULL;
            default -> {
                if (options.liveFrames()) {
                    yield MemorySegment.NULL;
                }
                MemorySegment out = arena.allocate(context.length);
                attr.set(TestRun.CTX_OUT, out).set(TestRun.CTX_SIZE_OUT, context.length);
                yield out;
            }
        };
    }

    /** Members that are 0 are left out: kinds that do not have them refuse anything else, older kernels do not know them. */
    private void settings(BpfAttr attr) {
        int flags = options.flags()
                | (options.cpu().isPresent() ? BPF_F_TEST_RUN_ON_CPU : 0)
                | (options.liveFrames() ? BPF_F_TEST_XDP_LIVE_FRAMES : 0);
        attr.expect(TestRun.CTX_OUT)
                .setIfAny(TestRun.REPEAT, options.repeat() == 1 ? 0 : options.repeat())
                .setIfAny(TestRun.FLAGS, flags)
                .setIfAny(TestRun.CPU, options.cpu().orElse(0))
                .setIfAny(TestRun.BATCH_SIZE, options.batchSize());
    }

    private HostException refused(long result) {
        Errno errno = SystemFailure.errno(result);
        String advice = switch (errno) {
            case ENOTSUPP, EOPNOTSUPP -> "the kernel cannot run programs of type " + type + " by itself";
            case EINVAL -> invalid();
            case ENXIO -> "there is no such CPU, or it is switched off";
            case E2BIG -> "batches have at most 256 frames";
            case EINTR -> "a signal came in between";
            default -> "";
        };
        return SystemFailure.refused(result, "test-run " + program, advice);
    }

    private String invalid() {
        return switch (type) {
            case RAW_TRACEPOINT, RAW_TRACEPOINT_WRITABLE, SYSCALL, TRACING ->
                "programs of type " + type + " take a context, no data, and run once";
            case SK_LOOKUP -> "programs of this type take a context, no data";
            default ->
                options.data().length() < ETHERNET_HEADER
                        ? "programs of type " + type + " need a packet of at least " + ETHERNET_HEADER + " bytes, got "
                                + options.data().length()
                        : "the packet, the context or the flags are not what programs of type " + type + " take";
        };
    }

    private static Bytes bytes(MemorySegment memory, long length) {
        return Bytes.of(memory.asSlice(0, Math.min(length, memory.byteSize())).toArray(ValueLayout.JAVA_BYTE));
    }
}
