package dev.skep.linux.link;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.ProgAttach;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.link.ProgAttachLink.Exchange;
import dev.skep.linux.link.ProgAttachLink.Hook;
import dev.skep.linux.link.ProgAttachLink.Target;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.attach.CgroupSharing;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.attach.Ordering.Position;
import dev.skep.object.host.Errno;
import dev.skep.object.program.AttachType;
import java.util.Optional;

/**
 * Control groups by {@code BPF_PROG_ATTACH} (Linux 4.10, several programs 4.15): for programs that shall be alone, for
 * replacing one that was attached so, and for kernels without links.
 */
final class CgroupDirectAttachment {
    private static final OrderingFields ORDERING =
            new OrderingFields(ProgAttach.ATTACH_FLAGS, ProgAttach.RELATIVE_ID, ProgAttach.EXPECTED_REVISION);

    private CgroupDirectAttachment() {}

    /** @param group becomes the attachment's own */
    static LinuxLink attach(LinuxProgram program, NetworkPoint.Cgroup point, AttachType type, FileDescriptor group) {
        int flags = switch (point.sharing()) {
            case MULTI -> AttachFlags.ALLOW_MULTI;
            case MULTI_PREORDER -> AttachFlags.ALLOW_MULTI | AttachFlags.PREORDER;
            case OVERRIDE -> AttachFlags.ALLOW_OVERRIDE;
            case EXCLUSIVE -> 0;
        };
        boolean alone = (flags & AttachFlags.ALLOW_MULTI) == 0;
        if (alone) {
            refuseToReplace(program, point, type, group);
        }
        Holdings holdings = new Holdings();
        holdings.hold(group);
        try {
            FileDescriptor attached = holdings.hold(program.descriptor().duplicate());
            call(program, point, type, group, attached, flags);
            Exchange exchange = alone ? Exchange.BY_ATTACHING : Exchange.BY_NAMING_THE_OLD;
            boolean checked = !alone; // of a single program the kernel does not compare which one it is
            Hook hook = new Hook(new Target.Object(group), type, flags, exchange, checked);
            return new ProgAttachLink(program, point, holdings, attached, hook);
        } catch (RuntimeException e) {
            holdings.close();
            throw e;
        }
    }

    private static void call(
            LinuxProgram program,
            NetworkPoint.Cgroup point,
            AttachType type,
            FileDescriptor group,
            FileDescriptor attached,
            int flags) {
        Optional<FileDescriptor> old = point.ordering().position() instanceof Position.Replace(int id)
                ? Optional.of(ObjectKind.PROGRAM.open(id))
                : Optional.empty();
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(ProgAttach.TARGET_FD, group)
                    .set(ProgAttach.ATTACH_BPF_FD, attached)
                    .set(ProgAttach.ATTACH_TYPE, type.number());
            ORDERING.set(attr, point.ordering(), flags);
            old.ifPresent(replaced -> attr.set(ProgAttach.REPLACE_BPF_FD, replaced));
            long result = attr.call(BpfCommand.PROG_ATTACH);
            if (result < 0) {
                throw AttachFailure.refused(result, program, point, CgroupAttachment.likelyCause(result, point, type));
            }
        } finally {
            old.ifPresent(FileDescriptor::close);
        }
    }

    /** The kernel would silently put a program that is to be alone in the place of the one that is. */
    private static void refuseToReplace(
            LinuxProgram program, NetworkPoint.Cgroup point, AttachType type, FileDescriptor group) {
        AttachedPrograms there = AttachedPrograms.at(group.number(), type);
        if (!there.programs().isEmpty()) {
            String others = point.sharing() == CgroupSharing.EXCLUSIVE ? "any other" : "another in the same group";
            throw AttachFailure.because(
                    Errno.EBUSY,
                    program,
                    point,
                    "programs " + there.programs() + " are attached at " + type + ", and this one does not go beside "
                            + others);
        }
    }
}
