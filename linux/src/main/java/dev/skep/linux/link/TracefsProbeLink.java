package dev.skep.linux.link;

import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.tracefs.DynamicEvent;
import dev.skep.object.attach.AttachPoint;
import java.nio.file.Path;

/**
 * A program at a probe that was written into tracefs. Closing detaches and removes the event, unless it was pinned or
 * released.
 */
public final class TracefsProbeLink extends LinuxLink {
    private final LinuxLink link;
    private final DynamicEvent event;
    private volatile boolean outlives;

    TracefsProbeLink(LinuxProgram program, AttachPoint point, LinuxLink link, DynamicEvent event) {
        super(program, point);
        this.link = link;
        this.event = event;
    }

    @Override
    public void update(LinuxProgram replacement) {
        link.update(replacement);
    }

    /** Keeps the attachment; its event then stays in tracefs until somebody removes it there. */
    @Override
    public void pin(Path path) {
        link.pin(path);
        outlives = true;
    }

    @Override
    public void release() {
        link.release();
        if (!outlives) {
            event.close();
        }
    }

    @Override
    public void close() {
        release();
    }
}
