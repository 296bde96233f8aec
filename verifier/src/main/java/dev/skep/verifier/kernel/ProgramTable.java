package dev.skep.verifier.kernel;

import dev.skep.object.program.ProgramType;
import java.util.Optional;
import java.util.Set;

/** The rules of each type of program: kernel/bpf/verifier.c and kernel/bpf/syscall.c (6.18). */
final class ProgramTable {
    private ProgramTable() {}

    static Optional<ProgramRules> rules(ProgramType type) {
        return type == ProgramType.UNSPEC
                ? Optional.empty()
                : Optional.of(new ProgramRules(packetAccess(type), Set.of()));
    }

    private static PacketAccess packetAccess(ProgramType type) {
        return switch (type) {
            case LWT_IN, LWT_OUT, LWT_SEG6LOCAL, SK_REUSEPORT, FLOW_DISSECTOR, CGROUP_SKB -> PacketAccess.READ;
            case SCHED_CLS, SCHED_ACT, XDP, LWT_XMIT, SK_SKB, SK_MSG, CGROUP_SOCKOPT -> PacketAccess.READ_WRITE;
            default -> PacketAccess.NONE;
        };
    }
}
