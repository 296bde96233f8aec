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
import dev.skep.object.attach.AttachPoint;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/** A link of bpf(2), held by its descriptor: the kernel detaches when nobody holds it any more. */
public final class BpfLink extends LinuxLink {
    private final FileDescriptor descriptor;

    /** @param descriptor the link's, owned from here on */
    public BpfLink(LinuxProgram program, AttachPoint point, FileDescriptor descriptor) {
        super(program, point);
        this.descriptor = descriptor;
    }

    /**
     * Takes hold of a pinned link, perhaps another process's.
     *
     * @param program the attached one, such as {@link LinuxProgram#ofPin}
     * @param point where it is attached, for messages
     * @throws HostException ENOENT if nothing is pinned there, EINVAL if it is not a link, EEXIST if it attaches another
     *     program; the message says which
     */
    public static BpfLink ofPin(Path path, LinuxProgram program, AttachPoint point) {
        FileDescriptor descriptor = Pin.open(path, ObjectKind.LINK);
        try {
            int attached = LinkInfo.of(descriptor).programId();
            if (attached != program.info().id()) {
                String problem = "the link at " + path + " attaches program " + attached + ", not " + program;
                throw new HostException(Errno.EEXIST, problem);
            }
            return new BpfLink(program, point, descriptor);
        } catch (RuntimeException e) {
            descriptor.close();
            throw e;
        }
    }

    /** The link's descriptor. It belongs to this object. */
    public FileDescriptor descriptor() {
        return descriptor;
    }

    /** What the kernel says about it now. @throws dev.skep.object.host.HostException if the kernel refuses */
    public LinkInfo info() {
        return LinkInfo.of(descriptor);
    }

    @Override
    public void update(LinuxProgram replacement) {
        if (point() instanceof ProbePoint && !(point() instanceof ProbePoint.Iterator)) {
            throw cannotReplace(replacement); // the kernel would say EINVAL
        }
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(LinkUpdate.LINK_FD, descriptor).set(LinkUpdate.NEW_PROG_FD, replacement.descriptor());
            check(attr.call(BpfCommand.LINK_UPDATE), replacement);
        }
        updated(replacement);
    }

    /**
     * Puts {@code replacement} in the place of {@code expected}, unless somebody else who holds the link has updated
     * it.
     *
     * @throws HostException EPERM if another program is attached; EOPNOTSUPP or EINVAL if this kind of link cannot be
     *     updated
     */
    public void update(LinuxProgram expected, LinuxProgram replacement) {
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(LinkUpdate.LINK_FD, descriptor)
                    .set(LinkUpdate.NEW_PROG_FD, replacement.descriptor())
                    .set(LinkUpdate.FLAGS, AttachFlags.REPLACE)
                    .set(LinkUpdate.OLD_PROG_FD, expected.descriptor());
            check(attr.call(BpfCommand.LINK_UPDATE), replacement);
        }
        updated(replacement);
    }

    private void check(long result, LinuxProgram replacement) {
        if (result >= 0) {
            return;
        }
        String advice = switch (SystemFailure.errno(result)) {
            case EPERM ->
                "another program than expected is attached, or CAP_BPF and CAP_NET_ADMIN or CAP_PERFMON are missing";
            case ENOLINK -> "what it was attached to is gone, or it was detached";
            case EINVAL ->
                "the replacement must be of the same type and for the same hook; some kinds cannot be updated";
            case EOPNOTSUPP -> "links of this kind cannot be updated: attach the other program, then close this link";
            default -> "";
        };
        throw SystemFailure.refused(result, "put " + replacement + " in place of " + this, advice);
    }

    /**
     * Detaches now, whoever else holds the link; it stays as an empty shell until all have let go.
     *
     * @throws HostException EOPNOTSUPP if this kind of link detaches only when nobody holds it any more
     */
    public void detach() {
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(LinkDetach.LINK_FD, descriptor);
            attr.call(BpfCommand.LINK_DETACH, "detach " + this);
        }
    }

    @Override
    public void pin(Path path) {
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            attr.set(Obj.PATHNAME, arena.allocateFrom(path.toString())).set(Obj.BPF_FD, descriptor);
            attr.call(BpfCommand.OBJ_PIN, "pin " + this + " at " + path);
        }
    }

    @Override
    public void release() {
        descriptor.close();
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
