package dev.skep.linux.link;

import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.attach.AttachPoint;

/**
 * A program attached without a link of bpf(2), as older kernels need it and some places still do. The kernel keeps it
 * until it is detached, also when the process that attached it ends.
 *
 * <p>Closing takes away what was attached here and nothing else: it is no error if the interface, group or socket is
 * gone, or if somebody has put another program in this one's place, which then stays. Thread-safe.
 */
public abstract sealed class DirectLink extends LinuxLink
        permits FilterLink, ProgAttachLink, RouteLink, SocketLink, XdpNetlinkLink {
    private final Holdings holdings;
    private FileDescriptor attached;
    private boolean open = true;

    /**
     * @param holdings what is needed for detaching, owned from here on
     * @param attached the program by a descriptor of its own, for the program's may be closed before the link
     */
    DirectLink(LinuxProgram program, AttachPoint point, Holdings holdings, FileDescriptor attached) {
        super(program, point);
        this.holdings = holdings;
        this.attached = attached;
    }

    @Override
    public final synchronized void update(LinuxProgram replacement) {
        if (!open) {
            throw new IllegalStateException(target() + ": detached or released");
        }
        FileDescriptor next = replacement.descriptor().duplicate();
        try {
            replace(attached, next, replacement.spec().name());
        } catch (RuntimeException e) {
            next.close();
            throw e;
        }
        attached.close();
        attached = next;
        updated(replacement);
    }

    @Override
    public final synchronized void release() {
        if (open) {
            open = false;
            letGo();
        }
    }

    @Override
    public final synchronized void close() {
        if (open) {
            open = false;
            try {
                detach(attached);
            } finally {
                letGo();
            }
        }
    }

    private void letGo() {
        attached.close();
        holdings.close();
    }

    /** Has the kernel put one program in the other's place. @param name the replacement's */
    abstract void replace(FileDescriptor old, FileDescriptor replacement, String name);

    /** Has the kernel detach the program if it is still there. */
    abstract void detach(FileDescriptor program);
}
