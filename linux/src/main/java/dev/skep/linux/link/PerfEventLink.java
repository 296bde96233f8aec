package dev.skep.linux.link;

import dev.skep.linux.perf.PerfEvent;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.object.attach.AttachPoint;

/**
 * A program set on a performance event by an ioctl, as kernels before 5.15 have it: attached as long as this process
 * holds the event.
 */
public final class PerfEventLink extends LinuxLink {
    private final PerfEvent event;

    PerfEventLink(LinuxProgram program, AttachPoint point, PerfEvent event) {
        super(program, point);
        this.event = event;
    }

    @Override
    public void update(LinuxProgram replacement) {
        throw cannotReplace(replacement);
    }

    /** Detaches: nothing but this process holds the event. */
    @Override
    public void release() {
        close();
    }

    @Override
    public void close() {
        event.close();
    }
}
