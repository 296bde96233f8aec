package dev.skep.verifier.repair;

import dev.skep.object.program.ProgramType;
import java.util.Optional;

/**
 * Where a context has the packet's start and end.
 *
 * @param start offset of {@code data}
 * @param end offset of {@code data_end}
 * @param size of both, in bytes
 */
record PacketFields(int start, int end, int size) {
    /** Metadata end where the packet starts. */
    PacketFields ofMetadata() {
        return new PacketFields(start, start, size);
    }

    /** From include/uapi/linux/bpf.h: {@code xdp_md}, {@code __sk_buff}, {@code sk_msg_md}, {@code sk_reuseport_md}. */
    static Optional<PacketFields> of(ProgramType type) {
        return switch (type) {
            case XDP -> Optional.of(new PacketFields(0, 4, 4));
            case SCHED_CLS,
                    SCHED_ACT,
                    SK_SKB,
                    LWT_XMIT,
                    LWT_IN,
                    LWT_OUT,
                    LWT_SEG6LOCAL,
                    CGROUP_SKB,
                    FLOW_DISSECTOR,
                    SOCKET_FILTER -> Optional.of(new PacketFields(76, 80, 4));
            case SK_MSG, SK_REUSEPORT -> Optional.of(new PacketFields(0, 8, 8));
            default -> Optional.empty();
        };
    }
}
