package dev.skep.linux.feature;

import dev.skep.linux.bpf.BpfAttrLayout.ProgLoad;
import dev.skep.object.host.Errno;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import java.util.Optional;
import java.util.stream.Stream;

/** Which types of programs the kernel runs: the smallest program of each, loaded. */
final class ProgramTypeProbes {
    private static final int BPF_F_SLEEPABLE = 1 << 4; // linux/bpf.h

    /** Some type of the kernel that nothing attaches to: the first in its BTF is a plain one. */
    private static final int UNFIT_TYPE = 1;

    /** The verifier's words about such a target: bpf_check_attach_target, check_struct_ops_btf_id in kernel/bpf/verifier.c. */
    private static final String[] TARGET_JUDGEMENTS = {"attach_btf_id", "Cannot replace kernel functions"};

    private ProgramTypeProbes() {}

    static Support support(ProgramType type) {
        return switch (type) {
            case UNSPEC -> new Support.Missing("it stands for no type");
            case TRACING -> withUnfitTarget(type, AttachType.TRACE_RAW_TP);
            case LSM -> withUnfitTarget(type, AttachType.LSM_MAC);
            case STRUCT_OPS, EXT ->
                judged(smallest(type).with((attr, _) -> attr.set(ProgLoad.ATTACH_BTF_ID, UNFIT_TYPE)));
            default -> smallest(type).tryToLoad().support();
        };
    }

    /** The smallest program of a type, with the attach type that loading it demands. */
    static ProbeProgram smallest(ProgramType type) {
        return requirementsOf(ProbeProgram.returningZero(type));
    }

    /** The same program with what its type demands to be told. */
    static ProbeProgram requirementsOf(ProbeProgram program) {
        ProbeProgram told =
                demandedAttachType(program.type()).map(program::with).orElse(program);
        return program.type() == ProgramType.SYSCALL
                ? told.with((attr, _) -> attr.set(ProgLoad.PROG_FLAGS, BPF_F_SLEEPABLE))
                : told;
    }

    private static Optional<AttachType> demandedAttachType(ProgramType type) {
        return Optional.ofNullable(
                switch (type) {
                    case CGROUP_SOCK_ADDR -> AttachType.CGROUP_INET4_CONNECT;
                    case CGROUP_SOCKOPT -> AttachType.CGROUP_GETSOCKOPT;
                    case SK_LOOKUP -> AttachType.SK_LOOKUP;
                    case NETFILTER -> AttachType.NETFILTER;
                    default -> null;
                });
    }

    /** A kernel that knows this way to attach says what is wrong with the target; another says nothing but EINVAL. */
    static Support withUnfitTarget(ProgramType type, AttachType attachType) {
        return judged(ProbeProgram.returningZero(type)
                .with(attachType)
                .with((attr, _) -> attr.set(ProgLoad.ATTACH_BTF_ID, UNFIT_TYPE)));
    }

    private static Support judged(ProbeProgram program) {
        Answer answer = program.tryToLoadWithLog();
        boolean targetJudged = Stream.of(TARGET_JUDGEMENTS).anyMatch(answer.log()::contains);
        return targetJudged || answer.is(Errno.ENOTSUPP) ? Support.AVAILABLE : answer.support();
    }
}
