package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfLayout;
import dev.skep.object.btf.BtfType;
import dev.skep.object.program.ProgramType;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.value.KernelType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Fields of the kernel's objects that programs of some kinds may write ({@code btf_struct_access} of {@code bpf_verifier_ops}). */
final class WritableFields {
    /** The congestion control of TCP: {@code bpf_tcp_ca_btf_struct_access}, net/ipv4/bpf_tcp_ca.c. */
    private static final List<Field> TCP_SOCK = List.of(
            new Field("sock", "sk_pacing_rate", false),
            new Field("sock", "sk_pacing_status", false),
            new Field("inet_connection_sock", "icsk_ca_priv", true),
            new Field("inet_connection_sock", "icsk_ack.pending", false),
            new Field("tcp_sock", "snd_cwnd", false),
            new Field("tcp_sock", "snd_cwnd_cnt", false),
            new Field("tcp_sock", "snd_cwnd_stamp", false),
            new Field("tcp_sock", "snd_ssthresh", false),
            new Field("tcp_sock", "ecn_flags", false),
            new Field("tcp_sock", "app_limited", false));

    /** Connection tracking: {@code _nf_conntrack_btf_struct_access}, net/netfilter/nf_conntrack_bpf.c. */
    private static final List<Field> NF_CONN = List.of(new Field("nf_conn", "mark", false));

    /** Schedulers: {@code bpf_scx_btf_struct_access}, kernel/sched/ext.c. */
    private static final List<Field> TASK_STRUCT = List.of(
            new Field("task_struct", "scx.slice", true),
            new Field("task_struct", "scx.dsq_vtime", true),
            new Field("task_struct", "scx.disallow", true));

    private static final String READ_ONLY = "only read is supported";

    private WritableFields() {}

    /** @param structure where the field's offset counts from @param path its name @param anywhere accesses may start inside it */
    private record Field(String structure, String path, boolean anywhere) {}

    /**
     * Checks a write to an object of the kernel's.
     *
     * @param ops the struct that a {@code struct_ops} program is a part of
     */
    static void check(Access access, ProgramType program, Optional<StructOpsMember> ops, KernelType type, long offset) {
        String structure = ops.map(StructOpsMember::structure).orElse("");
        switch (structure) {
            case "tcp_congestion_ops" -> checkFields(access, type, offset, "tcp_sock", TCP_SOCK);
            case "sched_ext_ops" -> checkTask(access, type, offset);
            case "bpf_dummy_ops" -> checkDummy(access, type, offset);
            default -> {
                boolean tracksConnections = program == ProgramType.XDP
                        || program == ProgramType.SCHED_CLS
                        || program == ProgramType.SCHED_ACT;
                if (!tracksConnections
                        || !KernelTypes.withoutFlavour(type.name()).equals("nf_conn")) {
                    throw refused(access, READ_ONLY);
                }
                checkFields(access, type, offset, type.name(), NF_CONN);
            }
        }
    }

    private static Refusal refused(Access access, String message) {
        return Refusal.ofRegister(Cause.KERNEL_OBJECT_ACCESS, access.register(), message);
    }

    private static void checkFields(Access access, KernelType type, long offset, String wanted, List<Field> fields) {
        if (!type.name().equals(wanted)) {
            throw refused(access, READ_ONLY);
        }
        String name = KernelTypes.withoutFlavour(wanted);
        for (Field field : fields) {
            Extent extent = extent(type.btf(), field);
            if (field.anywhere() ? offset >= extent.start() && offset < extent.end() : offset == extent.start()) {
                if (offset + access.size() > extent.end()) {
                    throw refused(
                            access,
                            "write access at off %d with size %d beyond the member of %s ended at %d"
                                    .formatted(offset, access.size(), name, extent.end()));
                }
                return;
            }
        }
        throw refused(access, "no write support to " + name + " at off " + offset);
    }

    private static void checkTask(Access access, KernelType type, long offset) {
        boolean allowed = type.name().equals("task_struct")
                && TASK_STRUCT.stream()
                        .map(field -> extent(type.btf(), field))
                        .anyMatch(extent -> offset >= extent.start() && offset + access.size() <= extent.end());
        if (!allowed) {
            throw refused(access, READ_ONLY);
        }
    }

    /** The state that the kernel's own test of {@code struct_ops} hands out is for writing: net/bpf/bpf_dummy_struct_ops.c. */
    private static void checkDummy(Access access, KernelType type, long offset) {
        if (!type.name().equals("bpf_dummy_ops_state")) {
            throw refused(access, "only access to bpf_dummy_ops_state is supported");
        }
        int size = new BtfLayout(type.btf()).size(type.id());
        if (offset + access.size() > size) {
            throw refused(access, "write access at off %d with size %d".formatted(offset, access.size()));
        }
    }

    /** Bytes from the start of the object; both 0 if this kernel has no such field. */
    private record Extent(int start, int end) {}

    private static Extent extent(Btf btf, Field field) {
        OptionalInt id = btf.find(field.structure(), BtfType.Composite.class);
        int at = id.orElse(0);
        int start = 0;
        for (String name : field.path().split("\\.")) {
            Optional<BtfType.Member> member = member(btf, at, name);
            if (member.isEmpty()) {
                return new Extent(0, 0);
            }
            start += member.get().bitOffset() / 8;
            at = btf.strip(member.get().type());
        }
        return new Extent(start, start + new BtfLayout(btf).size(at));
    }

    /** A member of a struct, or of a struct without a name in it. */
    private static Optional<BtfType.Member> member(Btf btf, int type, String name) {
        if (!(btf.type(type) instanceof BtfType.Composite composite)) {
            return Optional.empty();
        }
        for (BtfType.Member member : composite.members()) {
            if (member.name().equals(name)) {
                return Optional.of(member);
            }
            if (member.name().isEmpty()) {
                Optional<BtfType.Member> inner = member(btf, btf.strip(member.type()), name);
                if (inner.isPresent()) {
                    BtfType.Member found = inner.get();
                    return Optional.of(new BtfType.Member(
                            name, found.type(), member.bitOffset() + found.bitOffset(), found.bitfieldSize()));
                }
            }
        }
        return Optional.empty();
    }
}
