package dev.skep.linux.perf;

import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemCall;
import dev.skep.linux.system.SystemCalls;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.lang.foreign.Arena;
import java.util.function.Consumer;

/**
 * An open performance event. Closing it ends it, unless a link of bpf(2) holds it.
 *
 * <pre>{@code
 * try (PerfEvent clock = PerfEvent.open(
 *         attr -> attr.set(PerfEventAttr.TYPE, PerfEventAttr.PERF_TYPE_SOFTWARE),
 *         PerfEvent.Scope.cpu(0),
 *         "count CPU 0's time")) {
 *     clock.setProgram(program.descriptor());
 *     clock.enable();
 * }
 * }</pre>
 */
public final class PerfEvent implements AutoCloseable {
    private static final long PERF_FLAG_FD_CLOEXEC = 1 << 3;

    // _IO('$', 0), _IO('$', 1) and _IOW('$', 8, __u32) of linux/perf_event.h.
    private static final long PERF_EVENT_IOC_ENABLE = 0x2400;
    private static final long PERF_EVENT_IOC_DISABLE = 0x2401;
    private static final long PERF_EVENT_IOC_SET_BPF = 0x40042408;

    private final FileDescriptor descriptor;
    private final String what;

    private PerfEvent(FileDescriptor descriptor, String what) {
        this.descriptor = descriptor;
        this.what = what;
    }

    /**
     * Which process and which CPU is observed.
     *
     * @param pid of a thread; -1 for all that run on the CPU
     * @param cpu -1 for all, if there is a pid
     */
    public record Scope(int pid, int cpu) {
        /** Whatever runs on a CPU. */
        public static Scope cpu(int cpu) {
            return new Scope(-1, cpu);
        }

        /** One thread, wherever it runs. */
        public static Scope thread(int tid) {
            return new Scope(tid, -1);
        }
    }

    /**
     * Opens an event; its descriptor is closed on exec.
     *
     * @param fill says what is to be observed
     * @param attempted for messages, in the infinitive: "attach to sched/sched_switch"
     * @throws HostException if the kernel refuses
     */
    public static PerfEvent open(Consumer<PerfEventAttr> fill, Scope scope, String attempted) {
        try (Arena arena = Arena.ofConfined()) {
            PerfEventAttr attr = new PerfEventAttr(arena);
            fill.accept(attr);
            return open(attr, scope, attempted);
        }
    }

    /** As {@link #open(Consumer, Scope, String)}, for a structure with pointers. */
    public static PerfEvent open(PerfEventAttr attr, Scope scope, String attempted) {
        long result = SystemCalls.call(
                SystemCall.PERF_EVENT_OPEN,
                attr.memory().address(),
                scope.pid(),
                scope.cpu(),
                -1,
                PERF_FLAG_FD_CLOEXEC,
                0);
        if (result < 0) {
            throw SystemFailure.refused(result, attempted, PerfAdvice.on(SystemFailure.errno(result), attr, scope));
        }
        return new PerfEvent(FileDescriptor.owning(result), attempted);
    }

    /** The event's descriptor. It belongs to this object. */
    public FileDescriptor descriptor() {
        return descriptor;
    }

    /** Starts counting, or running the program. */
    public void enable() {
        control(PERF_EVENT_IOC_ENABLE, 0, "enable the event to ");
    }

    /** Stops. */
    public void disable() {
        control(PERF_EVENT_IOC_DISABLE, 0, "disable the event to ");
    }

    /**
     * Has a program run at each event, for as long as this is open.
     *
     * @throws HostException EEXIST if it has another one already and is no tracepoint; EINVAL if the program's type
     *     does not fit
     */
    public void setProgram(FileDescriptor program) {
        int number = program.hold();
        try {
            control(PERF_EVENT_IOC_SET_BPF, number, "set the program on the event to ");
        } finally {
            program.release();
        }
    }

    private void control(long request, long argument, String attempted) {
        long result = descriptor.call(SystemCall.IOCTL, request, argument);
        if (result < 0) {
            throw SystemFailure.refused(
                    result,
                    attempted + what,
                    SystemFailure.is(result, Errno.EINVAL) ? "does the program's type fit the event?" : "");
        }
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
