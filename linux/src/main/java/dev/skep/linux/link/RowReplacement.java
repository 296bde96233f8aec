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
import dev.skep.object.attach.AttachPoint;
import dev.skep.object.attach.Ordering;
import dev.skep.object.program.AttachType;

/**
 * Puts a program in the place of one that was attached to an interface's TCX or netkit hook without a link. The kernel
 * replaces like by like, so the new one has no link either.
 */
final class RowReplacement {
    private RowReplacement() {}

    /**
     * @param index the interface's, in the calling thread's network namespace
     * @param replaced the other program's id
     */
    static LinuxLink attach(
            LinuxProgram program, AttachPoint point, int index, AttachType type, int replaced, Ordering ordering) {
        Holdings holdings = new Holdings();
        try (FileDescriptor old = ObjectKind.PROGRAM.open(replaced);
                BpfAttr attr = BpfAttr.take()) {
            HeldNamespace namespace = holdings.hold(HeldNamespace.own());
            FileDescriptor attached = holdings.hold(program.descriptor().duplicate());
            attr.set(ProgAttach.TARGET_IFINDEX, index)
                    .set(ProgAttach.ATTACH_BPF_FD, attached)
                    .set(ProgAttach.ATTACH_TYPE, type.number())
                    .set(ProgAttach.ATTACH_FLAGS, AttachFlags.REPLACE)
                    .set(ProgAttach.REPLACE_BPF_FD, old)
                    .setIfAny(ProgAttach.EXPECTED_REVISION, ordering.revision().orElse(0));
            long result = attr.call(BpfCommand.PROG_ATTACH);
            if (result < 0) {
                throw AttachFailure.refused(result, program, point, RowFailure.likelyCause(result, ordering));
            }
            Hook hook = new Hook(new Target.Interface(namespace, index), type, 0, Exchange.BY_NAMING_THE_OLD, true);
            return new ProgAttachLink(program, point, holdings, attached, hook);
        } catch (RuntimeException e) {
            holdings.close();
            throw e;
        }
    }
}
