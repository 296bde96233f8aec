package dev.skep.linux.link;

import dev.skep.linux.program.LinuxProgram;
import dev.skep.object.attach.AttachPoint;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.host.HostException;

/** Attaches programs: finds the kind of link for a place. */
public final class Attacher {
    private Attacher() {}

    /**
     * Attaches a loaded program.
     *
     * @throws HostException if the place does not exist here, the kernel has no way to attach there, or it refuses
     */
    public static LinuxLink attach(LinuxProgram program, AttachPoint point) {
        return switch (point) {
            case NetworkPoint network -> NetworkAttacher.attach(program, network);
            case ProbePoint probe -> ProbeAttacher.attach(program, probe);
        };
    }
}
