package dev.skep.linux.link;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.LinkDetach;
import dev.skep.linux.bpf.BpfAttrLayout.LinkUpdate;
import dev.skep.linux.bpf.BpfAttrLayout.Obj;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.info.LinkInfo;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.info.Pin;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/**
 * A link that is in the kernel already, whoever made it: found by its id or its pin, to be looked at, updated, pinned or detached. This
 * is how one takes over what a process that is gone has left pinned.
 *
 * <p>Closing lets go of it; it stays as long as another process or a pin holds it.
 */
public final class FoundLink implements AutoCloseable {
    private final FileDescriptor descriptor;

    private FoundLink(FileDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** The link with this id. @throws HostException ENOENT if there is none, EPERM without CAP_SYS_ADMIN */
    public static FoundLink ofId(int id) {
        return new FoundLink(ObjectKind.LINK.open(id));
    }

    /** The link pinned at a path. @throws HostException ENOENT if there is none, EINVAL if it is no link's pin */
    public static FoundLink ofPin(Path path) {
        return new FoundLink(Pin.open(path, ObjectKind.LINK));
    }

    /** The link's descriptor. It belongs to this object. */
    public FileDescriptor descriptor() {
        return descriptor;
    }

    /** What the kernel says about it now. @throws HostException if the kernel refuses */
    public LinkInfo info() {
        return LinkInfo.of(descriptor);
    }

    /**
     * Puts another program in the attached one's place, without a gap.
     *
     * @param replacement may be closed afterwards
     * @throws HostException EOPNOTSUPP or EINVAL if this kind of link, or this program, does not allow it; ENOLINK if it is detached
     */
    public void update(LinuxProgram replacement) {
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(LinkUpdate.LINK_FD, descriptor).set(LinkUpdate.NEW_PROG_FD, replacement.descriptor());
            long result = attr.call(BpfCommand.LINK_UPDATE);
            if (result < 0) {
                String advice = switch (SystemFailure.errno(result)) {
                    case ENOLINK -> "what it was attached to is gone, or it was detached";
                    case EINVAL ->
                        "the replacement must be of the same type and for the same hook; some kinds cannot be updated";
                    case EOPNOTSUPP -> "links of this kind cannot be updated";
                    default -> "";
                };
                throw SystemFailure.refused(
                        result, "put " + replacement + " in the place of what " + this + " attaches", advice);
            }
        }
    }

    /**
     * Detaches now, whoever else holds the link; it stays as an empty shell until all have let go.
     *
     * @return false if this kind of link detaches only when nobody holds it any more
     * @throws HostException if the kernel refuses for another reason
     */
    public boolean detach() {
        try (BpfAttr attr = BpfAttr.take()) {
            long result = attr.set(LinkDetach.LINK_FD, descriptor).call(BpfCommand.LINK_DETACH);
            if (SystemFailure.is(result, Errno.EOPNOTSUPP)) {
                return false;
            }
            SystemFailure.check(result, "detach " + this);
            return true;
        }
    }

    /** Keeps the link under a path in a bpf file system. @throws HostException if the kernel refuses */
    public void pin(Path path) {
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            attr.set(Obj.PATHNAME, arena.allocateFrom(path.toString())).set(Obj.BPF_FD, descriptor);
            attr.call(BpfCommand.OBJ_PIN, "pin " + this + " at " + path);
        }
    }

    @Override
    public void close() {
        descriptor.close();
    }

    @Override
    public String toString() {
        return "link " + Integer.toUnsignedString(info().id());
    }
}
