package dev.skep.linux.link;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.ProgAttach;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.attach.AttachPoint;
import dev.skep.object.program.AttachType;
import java.util.Optional;

/** A program attached with {@code BPF_PROG_ATTACH}, the way before there were links. */
final class ProgAttachLink extends DirectLink {
    private final Hook hook;

    /** @param hook where it is attached; owned from here on @param held the attached program */
    ProgAttachLink(LinuxProgram program, AttachPoint point, FileDescriptor held, Hook hook) {
        super(program, point, held);
        this.hook = hook;
    }

    /** How a hook's program gives way to another. */
    enum Exchange {
        /** {@code BPF_F_REPLACE} names the old one: hooks with several programs. */
        BY_NAMING_THE_OLD,
        /** Attaching takes the old one's place: hooks with one program. */
        BY_ATTACHING
    }

    /**
     * A hook.
     *
     * @param descriptor what the target's number is, if that is a descriptor
     * @param number a descriptor's number or an interface's index
     * @param flags with which programs were attached
     * @param checked whether the kernel itself sees to it that no other program than the one named is detached
     */
    record Hook(
            Optional<FileDescriptor> descriptor,
            int number,
            AttachType type,
            int flags,
            Exchange exchange,
            boolean checked) {

        /** @return at least 0, or a negative error number */
        long attach(FileDescriptor program) {
            try (BpfAttr attr = BpfAttr.take()) {
                set(attr, program).set(ProgAttach.ATTACH_FLAGS, flags);
                return attr.call(BpfCommand.PROG_ATTACH);
            }
        }

        private BpfAttr set(BpfAttr attr, FileDescriptor program) {
            return attr.set(ProgAttach.TARGET_FD, number)
                    .set(ProgAttach.ATTACH_BPF_FD, program.number())
                    .set(ProgAttach.ATTACH_TYPE, type.number());
        }
    }

    @Override
    void replace(FileDescriptor old, FileDescriptor replacement, String name) {
        try (BpfAttr attr = BpfAttr.take()) {
            hook.set(attr, replacement);
            switch (hook.exchange()) {
                case BY_NAMING_THE_OLD ->
                    attr.set(ProgAttach.ATTACH_FLAGS, hook.flags() | AttachFlags.REPLACE)
                            .set(ProgAttach.REPLACE_BPF_FD, old.number());
                case BY_ATTACHING -> attr.set(ProgAttach.ATTACH_FLAGS, hook.flags());
            }
            attr.call(BpfCommand.PROG_ATTACH, "replace the program at " + target());
        }
    }

    @Override
    void detach(FileDescriptor program) {
        if (!hook.checked() && !AttachedPrograms.at(hook.number(), hook.type()).contains(program)) {
            return;
        }
        try (BpfAttr attr = BpfAttr.take()) {
            long result = hook.set(attr, program).call(BpfCommand.PROG_DETACH);
            if (result < 0) {
                switch (SystemFailure.errno(result)) {
                    case ENOENT, ENODEV -> {} // another program is there or none, or the place is gone
                    default -> throw SystemFailure.refused(result, "detach " + this);
                }
            }
        }
    }

    @Override
    void letGo() {
        hook.descriptor().ifPresent(FileDescriptor::close);
    }
}
