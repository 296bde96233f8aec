package dev.skep.compiler.java.samples;

import dev.skep.lang.Bpf;
import dev.skep.lang.Length;
import dev.skep.lang.Log;
import dev.skep.lang.Struct;
import dev.skep.lang.context.PerfEventData;
import dev.skep.lang.context.PtRegs;
import dev.skep.lang.context.TracepointArguments;
import dev.skep.lang.context.TracepointRecord;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.map.LruHashMap;
import dev.skep.lang.map.PerCpuArray;
import dev.skep.lang.map.RingBuffer;
import dev.skep.lang.program.Kprobe;
import dev.skep.lang.program.Kretprobe;
import dev.skep.lang.program.PerfEvent;
import dev.skep.lang.program.RawTracepoint;
import dev.skep.lang.program.Tracepoint;
import dev.skep.lang.program.Uprobe;

/** Programs that watch: what processes open, how long reads take, who is on the processor. */
public final class Tracing {
    /** A file that is opened. */
    static final class Opened extends Struct {
        long time;
        int process;
        int thread;

        @Length(16)
        byte[] command = new byte[16];

        @Length(64)
        byte[] file = new byte[64];
    }

    /** What the tracepoint of openat writes. */
    static final class OpenAt extends TracepointRecord {
        int number;
        long directory;
        long file;
        long flags;
        long mode;
    }

    static final RingBuffer<Opened> opened = new RingBuffer<>(1 << 16);
    static final HashMap<Long, Long> started = new HashMap<>(1024);
    static final PerCpuArray<Long> histogram = new PerCpuArray<>(64);
    static final LruHashMap<Integer, Long> samples = new LruHashMap<>(512);

    private Tracing() {}

    @Tracepoint("syscalls/sys_enter_openat")
    static int open(OpenAt record) {
        Opened event = opened.reserve();
        if (event == null) {
            return 0;
        }
        event.time = Bpf.ktimeGetNs();
        event.process = (int) (Bpf.currentPidTgid() >>> 32);
        event.thread = (int) Bpf.currentPidTgid();
        Bpf.currentComm(event.command);
        Bpf.probeReadUserString(event.file, record.file);
        opened.submit(event);
        return 0;
    }

    @Kprobe("vfs_read")
    static int readStarts(PtRegs registers) {
        started.put(Bpf.currentPidTgid(), Bpf.ktimeGetNs());
        Log.printf("reads %ld bytes", registers.argument(2));
        return 0;
    }

    @Kretprobe("vfs_read")
    static int readEnds(PtRegs registers) {
        long thread = Bpf.currentPidTgid();
        Long start = started.lookup(thread);
        if (start == null) {
            return 0;
        }
        long nanoseconds = Bpf.ktimeGetNs() - start;
        started.delete(thread);
        histogram.add(63 - Long.numberOfLeadingZeros(nanoseconds | 1), 1);
        Log.printf("%ld %d %lx", nanoseconds, registers.result() < 0 ? 1 : 0, thread);
        return 0;
    }

    @RawTracepoint("sys_enter")
    static void systemCalls(TracepointArguments arguments) {
        samples.add((int) arguments.argument(1), 1);
    }

    @PerfEvent
    static int sample(PerfEventData data) {
        samples.add((int) Bpf.currentPidTgid(), data.sample_period);
        return 0;
    }

    @Uprobe("/usr/lib/libc.so.6:malloc")
    static int allocate(PtRegs registers) {
        histogram.add(Math.min((int) registers.argument(0) >>> 4, 63), 1);
        return 0;
    }
}
