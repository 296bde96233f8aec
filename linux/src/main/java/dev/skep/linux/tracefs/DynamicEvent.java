package dev.skep.linux.tracefs;

import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemCall;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A probe made by a line written into {@code kprobe_events} or {@code uprobe_events}
 * (Documentation/trace/kprobetrace.rst and uprobetracer.rst), which outlives its process; closing removes it.
 */
public final class DynamicEvent implements AutoCloseable {
    private static final int O_APPEND = 0x400; // asm-generic/fcntl.h: without it, all other events would be removed
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** How long the kernel may take to let go of an event whose last user has just closed it. */
    private static final int REMOVAL_ATTEMPTS = 50;

    private static final int REMOVAL_PAUSE_MILLIS = 10;

    private final TraceFs traceFs;
    private final Kind kind;
    private final String name;
    private final AtomicBoolean exists = new AtomicBoolean(true);

    private DynamicEvent(TraceFs traceFs, Kind kind, String name) {
        this.traceFs = traceFs;
        this.kind = kind;
        this.name = name;
    }

    /** Which file it is written to; {@code group} is the category of such events. */
    public enum Kind {
        KPROBE("kprobe_events", "kprobes"),
        UPROBE("uprobe_events", "uprobes");

        private final String file;
        private final String group;

        Kind(String file, String group) {
            this.file = file;
            this.group = group;
        }
    }

    /**
     * Makes an event with a name of its own.
     *
     * @param place as the kernel's documentation has it: {@code vfs_read+0x4}, {@code /bin/sh:0x1234}
     * @param attempted for messages, in the infinitive
     * @throws HostException if the kernel refuses
     */
    public static DynamicEvent create(TraceFs traceFs, Kind kind, boolean atReturn, String place, String attempted) {
        String name = "skep_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
        String line = (atReturn ? "r:" : "p:") + kind.group + "/" + name + " " + place;
        SystemFailure.check(write(traceFs, kind, line), attempted + " by writing '" + line + "' to " + kind.file);
        return new DynamicEvent(traceFs, kind, name);
    }

    /** The number perf_event_open(2) knows it by. */
    public int id() {
        return traceFs.eventId(kind.group, name);
    }

    private static long write(TraceFs traceFs, Kind kind, String line) {
        Path file = traceFs.root().resolve(kind.file);
        try (FileDescriptor descriptor = FileDescriptor.open(file, FileDescriptor.O_WRONLY | O_APPEND);
                Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(line + "\n");
            return descriptor.call(SystemCall.WRITE, text.address(), text.byteSize() - 1);
        }
    }

    /**
     * Removes it; does nothing the second time.
     *
     * @throws HostException EBUSY if something still uses it
     */
    @Override
    public void close() {
        if (!exists.getAndSet(false)) {
            return;
        }
        String line = "-:" + kind.group + "/" + name;
        long result = write(traceFs, kind, line);
        for (int i = 0; SystemFailure.is(result, Errno.EBUSY) && i < REMOVAL_ATTEMPTS; i++) {
            pause();
            result = write(traceFs, kind, line);
        }
        SystemFailure.check(result, "remove the event " + kind.group + "/" + name);
    }

    private static void pause() {
        try {
            Thread.sleep(REMOVAL_PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
