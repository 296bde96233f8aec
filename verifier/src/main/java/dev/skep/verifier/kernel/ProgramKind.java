package dev.skep.verifier.kernel;

import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.ProgramType;
import java.util.Optional;

/**
 * What decides which rules a program is under.
 *
 * @param attachType the expected attach type; empty for 0, which is {@code BPF_CGROUP_INET_INGRESS} where a type has several
 * @param sleepable loaded with {@code BPF_F_SLEEPABLE}
 * @param target the kernel function, LSM hook, iterator ... it attaches to, without prefix: {@code file_open}, {@code bpf_map_elem}
 */
public record ProgramKind(
        ProgramType type, Optional<AttachType> attachType, boolean sleepable, Optional<String> target) {
    private static final int BPF_F_SLEEPABLE = 1 << 4; // linux/bpf.h

    /** What a program's specification says. */
    public static ProgramKind of(ProgramSpec spec) {
        return new ProgramKind(
                spec.type(), spec.expectedAttachType(), (spec.flags() & BPF_F_SLEEPABLE) != 0, spec.attachTarget());
    }

    /** A program that does not sleep, of no attach type and target. */
    public static ProgramKind of(ProgramType type) {
        return new ProgramKind(type, Optional.empty(), false, Optional.empty());
    }

    /** A program that does not sleep, of no target. */
    public static ProgramKind of(ProgramType type, AttachType attachType) {
        return new ProgramKind(type, Optional.of(attachType), false, Optional.empty());
    }

    /**
     * The expected attach type as the kernel has it: what it puts in for 0 ({@code bpf_prog_load_fixup_attach_type},
     * kernel/bpf/syscall.c), and otherwise {@code BPF_CGROUP_INET_INGRESS}, which is number 0.
     */
    public AttachType attachTypeOrDefault() {
        return attachType.orElseGet(() -> switch (type) {
            case CGROUP_SOCK -> AttachType.CGROUP_INET_SOCK_CREATE;
            case SK_REUSEPORT -> AttachType.SK_REUSEPORT_SELECT;
            default -> AttachType.CGROUP_INET_INGRESS;
        });
    }

    /** Whether this is the expected attach type. */
    public boolean attachesTo(AttachType wanted) {
        return attachTypeOrDefault() == wanted;
    }
}
