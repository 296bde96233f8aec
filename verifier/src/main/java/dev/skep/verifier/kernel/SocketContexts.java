package dev.skep.verifier.kernel;

import static dev.skep.object.program.AttachType.CGROUP_INET4_BIND;
import static dev.skep.object.program.AttachType.CGROUP_INET4_CONNECT;
import static dev.skep.object.program.AttachType.CGROUP_INET4_GETPEERNAME;
import static dev.skep.object.program.AttachType.CGROUP_INET4_GETSOCKNAME;
import static dev.skep.object.program.AttachType.CGROUP_INET4_POST_BIND;
import static dev.skep.object.program.AttachType.CGROUP_INET6_BIND;
import static dev.skep.object.program.AttachType.CGROUP_INET6_CONNECT;
import static dev.skep.object.program.AttachType.CGROUP_INET6_GETPEERNAME;
import static dev.skep.object.program.AttachType.CGROUP_INET6_GETSOCKNAME;
import static dev.skep.object.program.AttachType.CGROUP_INET6_POST_BIND;
import static dev.skep.object.program.AttachType.CGROUP_INET_SOCK_CREATE;
import static dev.skep.object.program.AttachType.CGROUP_INET_SOCK_RELEASE;
import static dev.skep.object.program.AttachType.CGROUP_UDP4_RECVMSG;
import static dev.skep.object.program.AttachType.CGROUP_UDP4_SENDMSG;
import static dev.skep.object.program.AttachType.CGROUP_UDP6_RECVMSG;
import static dev.skep.object.program.AttachType.CGROUP_UDP6_SENDMSG;
import static dev.skep.verifier.kernel.StructureField.pointer;
import static dev.skep.verifier.kernel.StructureField.wide;
import static dev.skep.verifier.kernel.StructureField.word;
import static dev.skep.verifier.kernel.StructureField.words;

import dev.skep.object.program.AttachType;
import dev.skep.verifier.kernel.StructureField.Extent;
import java.util.List;
import java.util.Set;

/** Sockets, their addresses, operations, messages and lookups, linux/bpf.h, as net/core/filter.c (6.18) lets programs use them. */
final class SocketContexts {
    static final int SOCK_SIZE = 80;
    static final int TCP_SOCK_SIZE = 112;
    static final int XDP_SOCK_SIZE = 4;
    static final int SOCK_ADDR_SIZE = 72;
    static final int SOCK_OPS_SIZE = 224;
    static final int SK_MSG_SIZE = 80;
    static final int SK_LOOKUP_SIZE = 72;
    static final int SK_REUSEPORT_SIZE = 56;

    private static final ContextAccess DATA = new ContextAccess.PacketData();
    private static final ContextAccess END = new ContextAccess.PacketEnd();

    private static final AttachType[] ADDRESS4 = {
        CGROUP_INET4_CONNECT,
        CGROUP_INET4_GETPEERNAME,
        CGROUP_INET4_GETSOCKNAME,
        CGROUP_UDP4_SENDMSG,
        CGROUP_UDP4_RECVMSG
    };

    private static final AttachType[] ADDRESS6 = {
        CGROUP_INET6_CONNECT,
        CGROUP_INET6_GETPEERNAME,
        CGROUP_INET6_GETSOCKNAME,
        CGROUP_UDP6_SENDMSG,
        CGROUP_UDP6_RECVMSG
    };

    /** {@code bpf_sock_is_valid_access}: through a pointer of kind {@link SocketKind#SOCKET}. */
    static final List<StructureField> SOCK = List.of(
            word("bound_dev_if", 0),
            word("family", 4).narrowAtStart(),
            word("type", 8).narrowAtStart(),
            word("protocol", 12).narrowAtStart(),
            word("mark", 16),
            word("priority", 20),
            word("src_ip4", 24).narrow(),
            words("src_ip6", 28, 4).narrow(),
            word("src_port", 44).narrowAtStart(),
            word("dst_port", 48).sized(2).read(Extent.upTo(2).orWithPadding(4)),
            word("dst_ip4", 52).narrow(),
            words("dst_ip6", 56, 4).narrow(),
            word("state", 72).narrowAtStart(),
            word("rx_queue_mapping", 76).narrowAtStart().since("5.8"));

    /** {@code bpf_sock_common_is_valid_access}. */
    static final List<StructureField> SOCK_COMMON = SOCK.stream()
            .map(field ->
                    Set.of("type", "protocol", "mark", "priority").contains(field.name()) ? field.unreadable() : field)
            .toList();

    /** {@code sock_filter_is_valid_access}: the context of CGROUP_SOCK. */
    static final List<StructureField> CGROUP_SOCK = SOCK.stream()
            .map(field -> switch (field.name()) {
                case "bound_dev_if", "mark", "priority" ->
                    field.readWhen(CGROUP_INET_SOCK_CREATE, CGROUP_INET_SOCK_RELEASE)
                            .written(Extent.exactly(4).when(CGROUP_INET_SOCK_CREATE, CGROUP_INET_SOCK_RELEASE));
                case "src_ip4" -> field.readWhen(CGROUP_INET4_POST_BIND);
                case "src_ip6" -> field.readWhen(CGROUP_INET6_POST_BIND);
                case "src_port" -> field.readWhen(CGROUP_INET4_POST_BIND, CGROUP_INET6_POST_BIND);
                default -> field;
            })
            .toList();

    /** {@code bpf_tcp_sock_is_valid_access}. */
    static final List<StructureField> TCP_SOCK = List.of(
            word("snd_cwnd", 0),
            word("srtt_us", 4),
            word("rtt_min", 8),
            word("snd_ssthresh", 12),
            word("rcv_nxt", 16),
            word("snd_nxt", 20),
            word("snd_una", 24),
            word("mss_cache", 28),
            word("ecn_flags", 32),
            word("rate_delivered", 36),
            word("rate_interval_us", 40),
            word("packets_out", 44),
            word("retrans_out", 48),
            word("total_retrans", 52),
            word("segs_in", 56),
            word("data_segs_in", 60),
            word("segs_out", 64),
            word("data_segs_out", 68),
            word("lost_out", 72),
            word("sacked_out", 76),
            wide("bytes_received", 80),
            wide("bytes_acked", 88),
            word("dsack_dups", 96),
            word("delivered", 100),
            word("delivered_ce", 104),
            word("icsk_retransmits", 108));

    /** {@code bpf_xdp_sock_is_valid_access}. */
    static final List<StructureField> XDP_SOCK = List.of(word("queue_id", 0));

    /** {@code sock_addr_is_valid_access}. */
    static final List<StructureField> SOCK_ADDR = List.of(
            word("user_family", 0),
            address(word("user_ip4", 4), Extent.upTo(4), Extent.exactly(4), CGROUP_INET4_BIND, ADDRESS4),
            address(words("user_ip6", 8, 4), Extent.upTo(8), Extent.exactly(4).or(8), CGROUP_INET6_BIND, ADDRESS6),
            word("user_port", 24).narrow().written(Extent.exactly(4)),
            word("family", 28),
            word("type", 32),
            word("protocol", 36),
            address(word("msg_src_ip4", 40), Extent.upTo(4), Extent.exactly(4), CGROUP_UDP4_SENDMSG),
            address(
                    words("msg_src_ip6", 44, 4),
                    Extent.upTo(8),
                    Extent.exactly(4).or(8),
                    CGROUP_UDP6_SENDMSG),
            pointer("sk", 64, new ContextAccess.Socket(SocketKind.SOCKET, false)));

    /** {@code sock_ops_is_valid_access}. */
    static final List<StructureField> SOCK_OPS = List.of(
            word("op", 0),
            word("reply", 4).written(Extent.exactly(4)),
            words("args", 8, 3),
            word("family", 20),
            word("remote_ip4", 24),
            word("local_ip4", 28),
            words("remote_ip6", 32, 4),
            words("local_ip6", 48, 4),
            word("remote_port", 64),
            word("local_port", 68),
            word("is_fullsock", 72),
            word("snd_cwnd", 76),
            word("srtt_us", 80),
            word("bpf_sock_ops_cb_flags", 84),
            word("state", 88),
            word("rtt_min", 92),
            word("snd_ssthresh", 96),
            word("rcv_nxt", 100),
            word("snd_nxt", 104),
            word("snd_una", 108),
            word("mss_cache", 112),
            word("ecn_flags", 116),
            word("rate_delivered", 120),
            word("rate_interval_us", 124),
            word("packets_out", 128),
            word("retrans_out", 132),
            word("total_retrans", 136),
            word("segs_in", 140),
            word("data_segs_in", 144),
            word("segs_out", 148),
            word("data_segs_out", 152),
            word("lost_out", 156),
            word("sacked_out", 160),
            word("sk_txhash", 164).written(Extent.exactly(4)),
            wide("bytes_received", 168),
            wide("bytes_acked", 176),
            pointer("sk", 184, new ContextAccess.Socket(SocketKind.SOCKET, true)),
            pointer("skb_data", 192, DATA).since("5.10"),
            pointer("skb_data_end", 200, END).since("5.10"),
            word("skb_len", 208).since("5.10"),
            word("skb_tcp_flags", 212).narrowAtStart().since("5.10"),
            wide("skb_hwtstamp", 216).since("6.2"));

    /** {@code sk_msg_is_valid_access}. */
    static final List<StructureField> SK_MSG = List.of(
            pointer("data", 0, DATA),
            pointer("data_end", 8, END),
            word("family", 16),
            word("remote_ip4", 20),
            word("local_ip4", 24),
            words("remote_ip6", 28, 4),
            words("local_ip6", 44, 4),
            word("remote_port", 60),
            word("local_port", 64),
            word("size", 68),
            pointer("sk", 72, new ContextAccess.Socket(SocketKind.SOCKET, false))
                    .since("5.8"));

    /** {@code sk_lookup_is_valid_access}. */
    static final List<StructureField> SK_LOOKUP = List.of(
            pointer("sk", 0, new ContextAccess.Socket(SocketKind.SOCKET, true)),
            word("family", 8).narrow(),
            word("protocol", 12).narrow(),
            word("remote_ip4", 16).narrow(),
            words("remote_ip6", 20, 4).narrow(),
            word("remote_port", 36).sized(2).read(Extent.upTo(2).orWithPadding(4)),
            // Zeros, which may be read since the port was once 4 bytes.
            word("remote_port", 38).sized(2).read(Extent.upTo(2)),
            word("local_ip4", 40).narrow(),
            words("local_ip6", 44, 4).narrow(),
            word("local_port", 60).narrow(),
            word("ingress_ifindex", 64).narrow().since("5.17"));

    /** {@code sk_reuseport_is_valid_access}. */
    static final List<StructureField> SK_REUSEPORT = List.of(
            pointer("data", 0, DATA),
            pointer("data_end", 8, END),
            word("len", 16).narrow(),
            word("eth_protocol", 20).read(Extent.exactly(4).or(2)),
            word("ip_protocol", 24).narrow(),
            word("bind_inany", 28).narrow(),
            word("hash", 32),
            pointer("sk", 40, new ContextAccess.Socket(SocketKind.SOCKET, false))
                    .since("5.14"),
            pointer("migrating_sk", 48, new ContextAccess.Socket(SocketKind.SOCK_COMMON, true))
                    .since("5.14"));

    private SocketContexts() {}

    private static StructureField address(
            StructureField field, Extent reads, Extent writes, AttachType first, AttachType... more) {
        return field.read(reads.when(first, more)).written(writes.when(first, more));
    }
}
