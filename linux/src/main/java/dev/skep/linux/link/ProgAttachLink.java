package dev.skep.linux.link;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.ProgAttach;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.info.ProgramInfo;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.attach.AttachPoint;
import dev.skep.object.program.AttachType;

/** A program attached with {@code BPF_PROG_ATTACH}, the way before there were links. */
final class ProgAttachLink extends DirectLink {
    private final Hook hook;

    /** @param holdings what the hook's target is known by */
    ProgAttachLink(LinuxProgram program, AttachPoint point, Holdings holdings, FileDescriptor attached, Hook hook) {
        super(program, point, holdings, attached);
        this.hook = hook;
    }

    /** What a hook belongs to. */
    sealed interface Target {
        /** A control group or a map. */
        record Object(FileDescriptor descriptor) implements Target {}

        /** An interface. @param namespace in which the index counts */
        record Interface(HeldNamespace namespace, int index) implements Target {}

        /** A network namespace as such. */
        record Namespace(HeldNamespace namespace) implements Target {}
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
     * @param flags with which programs were attached
     * @param checked whether the kernel itself sees to it that no other program than the one named is detached
     */
    record Hook(Target target, AttachType type, int flags, Exchange exchange, boolean checked) {
        /** @return at least 0, or a negative error number */
        long attach(FileDescriptor program) {
            try (BpfAttr attr = BpfAttr.take()) {
                set(attr, program).set(ProgAttach.ATTACH_FLAGS, flags);
                return call(attr, BpfCommand.PROG_ATTACH);
            }
        }

        private long replace(FileDescriptor old, FileDescriptor replacement) {
            return switch (exchange) {
                case BY_ATTACHING -> attach(replacement);
                case BY_NAMING_THE_OLD -> {
                    try (BpfAttr attr = BpfAttr.take()) {
                        set(attr, replacement)
                                .set(ProgAttach.ATTACH_FLAGS, flags | AttachFlags.REPLACE)
                                .set(ProgAttach.REPLACE_BPF_FD, old);
                        yield call(attr, BpfCommand.PROG_ATTACH);
                    }
                }
            };
        }

        /** @return at least 0, or a negative error number */
        long detach(FileDescriptor program) {
            try (BpfAttr attr = BpfAttr.take()) {
                return call(set(attr, program), BpfCommand.PROG_DETACH);
            }
        }

        private BpfAttr set(BpfAttr attr, FileDescriptor program) {
            switch (target) {
                case Target.Object(FileDescriptor descriptor) -> attr.set(ProgAttach.TARGET_FD, descriptor);
                case Target.Interface device -> attr.set(ProgAttach.TARGET_IFINDEX, device.index());
                case Target.Namespace _ -> {} // always the calling thread's
            }
            return attr.set(ProgAttach.ATTACH_BPF_FD, program).set(ProgAttach.ATTACH_TYPE, type.number());
        }

        private long call(BpfAttr attr, BpfCommand command) {
            return switch (target) {
                case Target.Object _ -> attr.call(command);
                case Target.Interface device -> device.namespace().call(() -> attr.call(command));
                case Target.Namespace(HeldNamespace namespace) -> namespace.call(() -> attr.call(command));
            };
        }

        private boolean holds(FileDescriptor program) {
            return !(target instanceof Target.Object(FileDescriptor descriptor))
                    || descriptor
                            .with(number -> AttachedPrograms.at(number, type))
                            .programs()
                            .contains(ProgramInfo.of(program).id());
        }
    }

    @Override
    void replace(FileDescriptor old, FileDescriptor replacement, String name) {
        SystemFailure.check(hook.replace(old, replacement), "put program " + name + " in place of " + this);
    }

    @Override
    void detach(FileDescriptor program) {
        if (!hook.checked() && !hook.holds(program)) {
            return;
        }
        long result = hook.detach(program);
        if (result < 0) {
            switch (SystemFailure.errno(result)) {
                case ENOENT, ENODEV -> {} // another program is there or none, or the place is gone
                default -> throw SystemFailure.refused(result, "detach " + this);
            }
        }
    }
}
