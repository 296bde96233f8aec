package dev.skep.linux.link;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.LinkUpdate;
import dev.skep.linux.bpf.BpfAttrLayout.Obj;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.info.LinkInfo;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.attach.AttachPoint;
import dev.skep.object.attach.ProbePoint;
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
            attr.set(LinkUpdate.LINK_FD, descriptor.number())
                    .set(LinkUpdate.NEW_PROG_FD, replacement.descriptor().number());
            attr.call(BpfCommand.LINK_UPDATE, "put " + replacement + " in place of " + this);
        }
    }

    @Override
    public void pin(Path path) {
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            attr.set(Obj.PATHNAME, arena.allocateFrom(path.toString())).set(Obj.BPF_FD, descriptor.number());
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
