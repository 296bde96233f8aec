package dev.skep.verifier.kernel;

import dev.skep.object.KernelVersion;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.program.ProgramType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Which structure each type of program is given, in one kernel. */
record ContextTable(KernelVersion version, Optional<Btf> types) {
    /** {@code PERF_MAX_TRACE_SIZE}, include/linux/trace_events.h; 2048 before 5.16. */
    private static final int LARGEST_TRACE_RECORD = 8192;

    private static final int LARGEST_TRACE_RECORD_BEFORE = 2048;
    private static final KernelVersion LARGER_TRACE_RECORDS = KernelVersion.of("5.16");

    /** {@code MAX_BPF_FUNC_ARGS}, include/linux/bpf.h. */
    private static final int MOST_TRACEPOINT_ARGUMENTS = 12;

    /** {@code struct pt_regs} of x86-64. */
    private static final int REGISTERS_SIZE = 168;

    /** Programs at uprobes may change registers. */
    private static final KernelVersion REGISTERS_WRITABLE = KernelVersion.of("6.19");

    private static final int LARGEST_SYSCALL_ARGUMENT = 0xffff;

    /** Empty for types whose context comes from BTF (TRACING, LSM, STRUCT_OPS), for EXT and for UNSPEC. */
    Optional<ContextLayout> layout(ProgramType type) {
        return Optional.ofNullable(
                switch (type) {
                    case SOCKET_FILTER -> skBuff(PacketContexts.SOCKET_FILTER);
                    case SCHED_CLS, SCHED_ACT -> skBuff(PacketContexts.CLASSIFIER);
                    case CGROUP_SKB -> skBuff(PacketContexts.CGROUP);
                    case LWT_IN, LWT_OUT, LWT_XMIT, LWT_SEG6LOCAL -> skBuff(PacketContexts.TUNNEL);
                    case SK_SKB -> skBuff(PacketContexts.STREAM);
                    case FLOW_DISSECTOR -> skBuff(PacketContexts.FLOW_DISSECTOR);
                    case XDP -> structure("xdp_md", PacketContexts.XDP_MD_SIZE, PacketContexts.XDP);
                    case CGROUP_SOCK -> structure("bpf_sock", SocketContexts.SOCK_SIZE, SocketContexts.CGROUP_SOCK);
                    case CGROUP_SOCK_ADDR ->
                        structure("bpf_sock_addr", SocketContexts.SOCK_ADDR_SIZE, SocketContexts.SOCK_ADDR);
                    case SOCK_OPS -> structure("bpf_sock_ops", SocketContexts.SOCK_OPS_SIZE, SocketContexts.SOCK_OPS);
                    case SK_MSG -> structure("sk_msg_md", SocketContexts.SK_MSG_SIZE, SocketContexts.SK_MSG);
                    case SK_LOOKUP ->
                        structure("bpf_sk_lookup", SocketContexts.SK_LOOKUP_SIZE, SocketContexts.SK_LOOKUP);
                    case SK_REUSEPORT ->
                        structure("sk_reuseport_md", SocketContexts.SK_REUSEPORT_SIZE, SocketContexts.SK_REUSEPORT);
                    case CGROUP_DEVICE ->
                        structure("bpf_cgroup_dev_ctx", OtherContexts.CGROUP_DEVICE_SIZE, OtherContexts.CGROUP_DEVICE);
                    case CGROUP_SYSCTL -> structure("bpf_sysctl", OtherContexts.SYSCTL_SIZE, OtherContexts.SYSCTL);
                    case CGROUP_SOCKOPT -> structure("bpf_sockopt", OtherContexts.SOCKOPT_SIZE, OtherContexts.SOCKOPT);
                    case NETFILTER -> structure("bpf_nf_ctx", OtherContexts.NETFILTER_SIZE, OtherContexts.NETFILTER);
                    case LIRC_MODE2 -> structure("__u32", OtherContexts.LIRC_SIZE, OtherContexts.LIRC);
                    case PERF_EVENT -> perfEvent();
                    case KPROBE -> new PlainLayout("pt_regs", 0, registersSize(), isAtLeast(REGISTERS_WRITABLE));
                    case TRACEPOINT -> new PlainLayout("the record of a tracepoint", Long.BYTES, traceRecord(), false);
                    case RAW_TRACEPOINT -> rawTracepoint();
                    case RAW_TRACEPOINT_WRITABLE -> new WritableTracepointLayout(rawTracepoint());
                    case SYSCALL -> new PlainLayout("the argument", 0, LARGEST_SYSCALL_ARGUMENT, true);
                    case UNSPEC, TRACING, LSM, STRUCT_OPS, EXT -> null;
                });
    }

    ContextLayout socket(SocketKind kind) {
        return switch (kind) {
            case SOCKET -> structure("bpf_sock", SocketContexts.SOCK_SIZE, SocketContexts.SOCK);
            case SOCK_COMMON -> structure("bpf_sock", SocketContexts.SOCK_SIZE, SocketContexts.SOCK_COMMON);
            case TCP_SOCK -> structure("bpf_tcp_sock", SocketContexts.TCP_SOCK_SIZE, SocketContexts.TCP_SOCK);
            case XDP_SOCK -> structure("bpf_xdp_sock", SocketContexts.XDP_SOCK_SIZE, SocketContexts.XDP_SOCK);
        };
    }

    private ContextLayout skBuff(List<StructureField> fields) {
        return structure("__sk_buff", PacketContexts.SK_BUFF_SIZE, fields);
    }

    private ContextLayout structure(String name, int size, List<StructureField> fields) {
        return new StructureLayout(name, size, fields, version);
    }

    private ContextLayout perfEvent() {
        int registers = registersSize();
        return structure("bpf_perf_event_data", registers + 2 * Long.BYTES, OtherContexts.perfEvent(registers));
    }

    /** {@code bpf_tracing_ctx_access}: arguments of 8 bytes. */
    private static PlainLayout rawTracepoint() {
        return new PlainLayout("the arguments of a tracepoint", 0, MOST_TRACEPOINT_ARGUMENTS * Long.BYTES, false);
    }

    private int traceRecord() {
        return isAtLeast(LARGER_TRACE_RECORDS) ? LARGEST_TRACE_RECORD : LARGEST_TRACE_RECORD_BEFORE;
    }

    private boolean isAtLeast(KernelVersion wanted) {
        return version.compareTo(wanted) >= 0;
    }

    /** Of the kernel's own architecture, if its types are known. */
    private int registersSize() {
        return types.map(ContextTable::registersSize).orElse(REGISTERS_SIZE);
    }

    private static int registersSize(Btf btf) {
        OptionalInt id = btf.find("pt_regs", BtfType.Composite.class);
        return id.isPresent() && btf.type(id.getAsInt()) instanceof BtfType.Composite registers
                ? registers.size()
                : REGISTERS_SIZE;
    }
}
