package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.program.ProgramType;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.ProgramKind;
import java.util.Optional;
import java.util.Set;

/** Which C types stand for the context of a type of program ({@code btf_is_prog_ctx_type}). */
final class ContextTypes {
    private static final String REGISTERS = "bpf_user_pt_regs_t";

    private ContextTypes() {}

    /** True if a pointer to {@code target} is the context, under the name programs know or the kernel's own. */
    static boolean isContextOf(ProgramKind kind, Btf btf, int target) {
        if (kind.type() == ProgramType.KPROBE && isRegisters(btf, target)) {
            return true;
        }
        return btf.type(btf.strip(target)) instanceof BtfType.Composite composite
                && ((kind.type() == ProgramType.KPROBE && composite.name().equals(REGISTERS))
                        || names(kind).contains(composite.name())
                        || names(kind).contains(projection(composite.name())));
    }

    /** {@code btf_is_projection_of}. */
    private static String projection(String name) {
        return switch (name) {
            case "sk_buff" -> "__sk_buff";
            case "xdp_buff" -> "xdp_md";
            default -> "";
        };
    }

    /** Registers of user space have a typedef that differs between machines in what it stands for. */
    private static boolean isRegisters(Btf btf, int target) {
        int at = target;
        while (btf.type(at) instanceof BtfType.Qualified || btf.type(at) instanceof BtfType.TypeTag) {
            at = btf.type(at) instanceof BtfType.Qualified qualified
                    ? qualified.target()
                    : ((BtfType.TypeTag) btf.type(at)).target();
        }
        return btf.type(at) instanceof BtfType.Typedef && btf.name(at).equals(REGISTERS);
    }

    /**
     * Checks what an argument tagged {@code __arg_ctx} points to ({@code btf_validate_prog_ctx_type}).
     *
     * @throws Refusal if that cannot stand for the context of programs of this kind
     */
    static void checkTagged(ProgramKind kind, Btf btf, int target, int index) {
        boolean registers = kind.type() == ProgramType.KPROBE || kind.type() == ProgramType.PERF_EVENT;
        int type = btf.strip(target);
        if (type == 0 || (registers && isRegisters(btf, target))) {
            return;
        }
        String name = btf.name(type);
        if (name.isEmpty()) {
            throw refused("arg#" + index + " type doesn't have a name");
        }
        boolean structure = btf.type(type) instanceof BtfType.Composite;
        boolean wide = btf.type(type) instanceof BtfType.Int number && number.size() == 8;
        if (isAllowed(kind, name, structure, wide)) {
            return;
        }
        Optional<String> wanted = names(kind).stream().sorted().findFirst();
        if (wanted.isEmpty()) {
            throw refused("arg#" + index + " should be void pointer");
        }
        if (!structure || !names(kind).contains(name)) {
            throw refused("arg#" + index + " should be `struct " + wanted.get() + " *`");
        }
    }

    /** @param wide it is a number of eight bytes */
    private static boolean isAllowed(ProgramKind kind, String name, boolean structure, boolean wide) {
        return switch (kind.type()) {
            case KPROBE, PERF_EVENT -> structure && name.equals("pt_regs");
            case RAW_TRACEPOINT, RAW_TRACEPOINT_WRITABLE, LSM, STRUCT_OPS -> wide;
            case TRACING ->
                switch (kind.attachTypeOrDefault()) {
                    case TRACE_RAW_TP -> wide || (structure && name.equals("bpf_raw_tracepoint_args"));
                    case TRACE_ITER -> structure && name.startsWith("bpf_iter__");
                    case TRACE_FENTRY, TRACE_FEXIT, TRACE_FSESSION, MODIFY_RETURN -> wide;
                    default -> false;
                };
            case TRACEPOINT, SYSCALL, EXT -> true;
            default -> false;
        };
    }

    private static Refusal refused(String message) {
        return new Refusal(Cause.GLOBAL_FUNCTION_ARGUMENT, message);
    }

    /** The struct of the kernel's behind the context of this type of program ({@code struct bpf_ctx_convert}); empty if none is. */
    static Optional<String> kernelForm(ProgramKind kind) {
        return switch (kind.type()) {
            case SOCKET_FILTER, SCHED_CLS, SCHED_ACT, CGROUP_SKB, LWT_IN, LWT_OUT, LWT_XMIT, LWT_SEG6LOCAL, SK_SKB ->
                Optional.of("sk_buff");
            case XDP -> Optional.of("xdp_buff");
            case CGROUP_SOCK -> Optional.of("sock");
            case CGROUP_SOCK_ADDR -> Optional.of("bpf_sock_addr_kern");
            case SOCK_OPS -> Optional.of("bpf_sock_ops_kern");
            case SK_MSG -> Optional.of("sk_msg");
            case FLOW_DISSECTOR -> Optional.of("bpf_flow_dissector");
            case KPROBE -> Optional.of("pt_regs");
            case PERF_EVENT -> Optional.of("bpf_perf_event_data_kern");
            case CGROUP_DEVICE -> Optional.of("bpf_cgroup_dev_ctx");
            case CGROUP_SYSCTL -> Optional.of("bpf_sysctl_kern");
            case CGROUP_SOCKOPT -> Optional.of("bpf_sockopt_kern");
            case SK_REUSEPORT -> Optional.of("sk_reuseport_kern");
            case SK_LOOKUP -> Optional.of("bpf_sk_lookup_kern");
            case NETFILTER -> Optional.of("bpf_nf_ctx");
            default -> Optional.empty();
        };
    }

    private static Set<String> names(ProgramKind kind) {
        return switch (kind.type()) {
            case SOCKET_FILTER,
                    SCHED_CLS,
                    SCHED_ACT,
                    CGROUP_SKB,
                    LWT_IN,
                    LWT_OUT,
                    LWT_XMIT,
                    LWT_SEG6LOCAL,
                    SK_SKB,
                    FLOW_DISSECTOR -> Set.of("__sk_buff");
            case XDP -> Set.of("xdp_md");
            case CGROUP_SOCK -> Set.of("bpf_sock");
            case CGROUP_SOCK_ADDR -> Set.of("bpf_sock_addr");
            case SOCK_OPS -> Set.of("bpf_sock_ops");
            case SK_MSG -> Set.of("sk_msg_md");
            case KPROBE -> Set.of("pt_regs");
            case PERF_EVENT -> Set.of("bpf_perf_event_data");
            case RAW_TRACEPOINT, RAW_TRACEPOINT_WRITABLE -> Set.of("bpf_raw_tracepoint_args");
            case CGROUP_DEVICE -> Set.of("bpf_cgroup_dev_ctx");
            case CGROUP_SYSCTL -> Set.of("bpf_sysctl");
            case CGROUP_SOCKOPT -> Set.of("bpf_sockopt");
            case SK_REUSEPORT -> Set.of("sk_reuseport_md");
            case SK_LOOKUP -> Set.of("bpf_sk_lookup");
            case NETFILTER -> Set.of("bpf_nf_ctx");
            default -> Set.of();
        };
    }
}
