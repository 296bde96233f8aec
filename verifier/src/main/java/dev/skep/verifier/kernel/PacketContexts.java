package dev.skep.verifier.kernel;

import static dev.skep.verifier.kernel.StructureField.pointer;
import static dev.skep.verifier.kernel.StructureField.wide;
import static dev.skep.verifier.kernel.StructureField.word;
import static dev.skep.verifier.kernel.StructureField.words;

import dev.skep.object.program.AttachType;
import dev.skep.verifier.kernel.StructureField.Extent;
import java.util.List;
import java.util.Set;

/**
 * {@code struct __sk_buff} and {@code struct xdp_md} of linux/bpf.h, as the {@code ..._is_valid_access} functions of
 * net/core/filter.c (6.18) let programs use them.
 */
final class PacketContexts {
    static final int SK_BUFF_SIZE = 192;
    static final int XDP_MD_SIZE = 24;

    private static final ContextAccess DATA = new ContextAccess.PacketData();
    private static final ContextAccess META = new ContextAccess.PacketMeta();
    private static final ContextAccess END = new ContextAccess.PacketEnd();
    private static final ContextAccess SOCKET = new ContextAccess.Socket(SocketKind.SOCK_COMMON, true);

    /** {@code bpf_skb_is_valid_access}: what every type of program is then given a part of. */
    private static final List<StructureField> SK_BUFF = List.of(
            word("len", 0).narrow(),
            word("pkt_type", 4).narrow(),
            word("mark", 8).narrow().written(Extent.exactly(4)),
            word("queue_mapping", 12).narrow().written(Extent.exactly(4)),
            word("protocol", 16).narrow(),
            word("vlan_present", 20).narrow(),
            word("vlan_tci", 24).narrow(),
            word("vlan_proto", 28).narrow(),
            word("priority", 32).narrow().written(Extent.exactly(4)),
            word("ingress_ifindex", 36).narrow(),
            word("ifindex", 40).narrow(),
            word("tc_index", 44).narrow().written(Extent.exactly(4)),
            words("cb", 48, 5).read(Extent.upTo(8)).written(Extent.upTo(8)),
            word("hash", 68).narrow(),
            word("tc_classid", 72).narrow().written(Extent.exactly(4)),
            word("data", 76).giving(DATA),
            word("data_end", 80).giving(END),
            word("napi_id", 84).narrow(),
            word("family", 88).narrow(),
            word("remote_ip4", 92),
            word("local_ip4", 96),
            words("remote_ip6", 100, 4),
            words("local_ip6", 116, 4),
            word("remote_port", 132).narrow(),
            word("local_port", 136).narrow(),
            word("data_meta", 140).giving(META),
            pointer("flow_keys", 144, new ContextAccess.FlowKeys()),
            wide("tstamp", 152).written(Extent.exactly(8)),
            word("wire_len", 160).narrow(),
            word("gso_segs", 164).narrow(),
            pointer("sk", 168, SOCKET),
            word("gso_size", 176).narrow().since("5.7"),
            word("tstamp_type", 180).sized(1).read(Extent.exactly(1)).since("5.18"),
            wide("hwtstamp", 184).since("5.16"));

    private static final Set<String> SOCKET_PART =
            Set.of("family", "remote_ip4", "local_ip4", "remote_ip6", "local_ip6", "remote_port", "local_port");

    /** {@code sk_filter_is_valid_access}. */
    static final List<StructureField> SOCKET_FILTER = skBuff(
            Set.of(
                    "tc_classid",
                    "data",
                    "data_meta",
                    "data_end",
                    "tstamp",
                    "wire_len",
                    "hwtstamp",
                    "flow_keys",
                    "tstamp_type"),
            SOCKET_PART,
            Set.of("cb"));

    /** {@code cg_skb_is_valid_access}. */
    static final List<StructureField> CGROUP = skBuff(
                    Set.of("tc_classid", "data_meta", "wire_len", "flow_keys", "tstamp_type"),
                    Set.of(),
                    Set.of("mark", "priority", "cb", "tstamp"))
            .stream()
            .map(field -> switch (field.name()) {
                case "data", "data_end" -> field.read(field.reads().by(Capability.BPF));
                case "tstamp" -> field.written(field.writes().by(Capability.BPF));
                default -> field;
            })
            .toList();

    /** {@code lwt_is_valid_access}. */
    static final List<StructureField> TUNNEL = skBuff(
            Set.of("tc_classid", "data_meta", "tstamp", "wire_len", "hwtstamp", "flow_keys", "tstamp_type"),
            SOCKET_PART,
            Set.of("mark", "priority", "cb"));

    /** {@code tc_cls_act_is_valid_access}. */
    static final List<StructureField> CLASSIFIER = skBuff(
            Set.of("flow_keys"),
            SOCKET_PART,
            Set.of("mark", "tc_index", "priority", "tc_classid", "cb", "tstamp", "queue_mapping"));

    /** {@code sk_skb_is_valid_access}. */
    static final List<StructureField> STREAM = skBuff(
            Set.of("tc_classid", "data_meta", "tstamp", "wire_len", "hwtstamp", "mark", "flow_keys", "tstamp_type"),
            Set.of(),
            Set.of("tc_index", "priority"));

    /** {@code flow_dissector_is_valid_access}. */
    static final List<StructureField> FLOW_DISSECTOR = SK_BUFF.stream()
            .map(StructureField::unwritable)
            .map(field -> Set.of("data", "data_end", "flow_keys").contains(field.name()) ? field : field.unreadable())
            .toList();

    /** {@code xdp_is_valid_access}. */
    static final List<StructureField> XDP = List.of(
            word("data", 0).giving(DATA),
            word("data_end", 4).giving(END),
            word("data_meta", 8).giving(META),
            word("ingress_ifindex", 12),
            word("rx_queue_index", 16),
            word("egress_ifindex", 20).readWhen(AttachType.XDP_DEVMAP).since("5.8"));

    private PacketContexts() {}

    private static List<StructureField> skBuff(Set<String> hidden, Set<String> hiddenToo, Set<String> writable) {
        return SK_BUFF.stream()
                .map(field -> hidden.contains(field.name()) || hiddenToo.contains(field.name())
                        ? field.unreadable().unwritable()
                        : field)
                .map(field -> writable.contains(field.name()) ? field : field.unwritable())
                .toList();
    }
}
