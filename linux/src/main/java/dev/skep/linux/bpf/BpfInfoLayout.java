package dev.skep.linux.bpf;

/**
 * The structures that {@code BPF_OBJ_GET_INFO_BY_FD} fills in (linux/bpf.h, Linux 6.18). Members that share an offset are
 * alternatives, as in the header.
 */
public final class BpfInfoLayout {
    private BpfInfoLayout() {}

    /** {@code struct bpf_prog_info}. */
    public static final class ProgInfo {
        public static final Field TYPE = Field.u32("type", 0);
        public static final Field ID = Field.u32("id", 4);
        public static final Field TAG = Field.bytes("tag", 8, 8);
        public static final Field JITED_PROG_LEN = Field.u32("jited_prog_len", 16);
        public static final Field XLATED_PROG_LEN = Field.u32("xlated_prog_len", 20);
        public static final Field JITED_PROG_INSNS = Field.u64("jited_prog_insns", 24);
        public static final Field XLATED_PROG_INSNS = Field.u64("xlated_prog_insns", 32);
        public static final Field LOAD_TIME = Field.u64("load_time", 40);
        public static final Field CREATED_BY_UID = Field.u32("created_by_uid", 48);
        public static final Field NR_MAP_IDS = Field.u32("nr_map_ids", 52);
        public static final Field MAP_IDS = Field.u64("map_ids", 56);
        public static final Field NAME = Field.text("name", 64, 16);
        public static final Field IFINDEX = Field.u32("ifindex", 80);
        /** The lowest bit of a word of bit fields. */
        public static final Field GPL_COMPATIBLE = Field.u32("gpl_compatible", 84);

        public static final Field NETNS_DEV = Field.u64("netns_dev", 88);
        public static final Field NETNS_INO = Field.u64("netns_ino", 96);
        public static final Field NR_JITED_KSYMS = Field.u32("nr_jited_ksyms", 104);
        public static final Field NR_JITED_FUNC_LENS = Field.u32("nr_jited_func_lens", 108);
        public static final Field JITED_KSYMS = Field.u64("jited_ksyms", 112);
        public static final Field JITED_FUNC_LENS = Field.u64("jited_func_lens", 120);
        public static final Field BTF_ID = Field.u32("btf_id", 128);
        public static final Field FUNC_INFO_REC_SIZE = Field.u32("func_info_rec_size", 132);
        public static final Field FUNC_INFO = Field.u64("func_info", 136);
        public static final Field NR_FUNC_INFO = Field.u32("nr_func_info", 144);
        public static final Field NR_LINE_INFO = Field.u32("nr_line_info", 148);
        public static final Field LINE_INFO = Field.u64("line_info", 152);
        public static final Field JITED_LINE_INFO = Field.u64("jited_line_info", 160);
        public static final Field NR_JITED_LINE_INFO = Field.u32("nr_jited_line_info", 168);
        public static final Field LINE_INFO_REC_SIZE = Field.u32("line_info_rec_size", 172);
        public static final Field JITED_LINE_INFO_REC_SIZE = Field.u32("jited_line_info_rec_size", 176);
        public static final Field NR_PROG_TAGS = Field.u32("nr_prog_tags", 180);
        public static final Field PROG_TAGS = Field.u64("prog_tags", 184);
        public static final Field RUN_TIME_NS = Field.u64("run_time_ns", 192);
        public static final Field RUN_CNT = Field.u64("run_cnt", 200);
        public static final Field RECURSION_MISSES = Field.u64("recursion_misses", 208);
        public static final Field VERIFIED_INSNS = Field.u32("verified_insns", 216);
        public static final Field ATTACH_BTF_OBJ_ID = Field.u32("attach_btf_obj_id", 220);
        public static final Field ATTACH_BTF_ID = Field.u32("attach_btf_id", 224);

        private ProgInfo() {}
    }

    /** {@code struct bpf_map_info}. */
    public static final class MapInfo {
        public static final Field TYPE = Field.u32("type", 0);
        public static final Field ID = Field.u32("id", 4);
        public static final Field KEY_SIZE = Field.u32("key_size", 8);
        public static final Field VALUE_SIZE = Field.u32("value_size", 12);
        public static final Field MAX_ENTRIES = Field.u32("max_entries", 16);
        public static final Field MAP_FLAGS = Field.u32("map_flags", 20);
        public static final Field NAME = Field.text("name", 24, 16);
        public static final Field IFINDEX = Field.u32("ifindex", 40);
        public static final Field BTF_VMLINUX_VALUE_TYPE_ID = Field.u32("btf_vmlinux_value_type_id", 44);
        public static final Field NETNS_DEV = Field.u64("netns_dev", 48);
        public static final Field NETNS_INO = Field.u64("netns_ino", 56);
        public static final Field BTF_ID = Field.u32("btf_id", 64);
        public static final Field BTF_KEY_TYPE_ID = Field.u32("btf_key_type_id", 68);
        public static final Field BTF_VALUE_TYPE_ID = Field.u32("btf_value_type_id", 72);
        public static final Field BTF_VMLINUX_ID = Field.u32("btf_vmlinux_id", 76);
        public static final Field MAP_EXTRA = Field.u64("map_extra", 80);
        public static final Field HASH = Field.u64("hash", 88);
        public static final Field HASH_SIZE = Field.u32("hash_size", 96);

        private MapInfo() {}
    }

    /** {@code struct bpf_btf_info}. */
    public static final class BtfInfo {
        public static final Field BTF = Field.u64("btf", 0);
        public static final Field BTF_SIZE = Field.u32("btf_size", 8);
        public static final Field ID = Field.u32("id", 12);
        public static final Field NAME = Field.u64("name", 16);
        public static final Field NAME_LEN = Field.u32("name_len", 24);
        public static final Field KERNEL_BTF = Field.u32("kernel_btf", 28);

        private BtfInfo() {}
    }

    /** {@code struct bpf_link_info}; a group behind a name of its own is the union's member of that name. */
    public static final class LinkInfo {
        public static final Field TYPE = Field.u32("type", 0);
        public static final Field ID = Field.u32("id", 4);
        public static final Field PROG_ID = Field.u32("prog_id", 8);
        public static final Field RAW_TRACEPOINT_TP_NAME = Field.u64("raw_tracepoint.tp_name", 16);
        public static final Field RAW_TRACEPOINT_TP_NAME_LEN = Field.u32("raw_tracepoint.tp_name_len", 24);
        public static final Field RAW_TRACEPOINT_COOKIE = Field.u64("raw_tracepoint.cookie", 32);
        public static final Field TRACING_ATTACH_TYPE = Field.u32("tracing.attach_type", 16);
        public static final Field TRACING_TARGET_OBJ_ID = Field.u32("tracing.target_obj_id", 20);
        public static final Field TRACING_TARGET_BTF_ID = Field.u32("tracing.target_btf_id", 24);
        public static final Field TRACING_COOKIE = Field.u64("tracing.cookie", 32);
        public static final Field CGROUP_CGROUP_ID = Field.u64("cgroup.cgroup_id", 16);
        public static final Field CGROUP_ATTACH_TYPE = Field.u32("cgroup.attach_type", 24);
        public static final Field ITER_TARGET_NAME = Field.u64("iter.target_name", 16);
        public static final Field ITER_TARGET_NAME_LEN = Field.u32("iter.target_name_len", 24);
        public static final Field ITER_MAP_MAP_ID = Field.u32("iter.map.map_id", 28);
        public static final Field ITER_CGROUP_CGROUP_ID = Field.u64("iter.cgroup.cgroup_id", 32);
        public static final Field ITER_CGROUP_ORDER = Field.u32("iter.cgroup.order", 40);
        public static final Field ITER_TASK_TID = Field.u32("iter.task.tid", 32);
        public static final Field ITER_TASK_PID = Field.u32("iter.task.pid", 36);
        public static final Field NETNS_NETNS_INO = Field.u32("netns.netns_ino", 16);
        public static final Field NETNS_ATTACH_TYPE = Field.u32("netns.attach_type", 20);
        public static final Field XDP_IFINDEX = Field.u32("xdp.ifindex", 16);
        public static final Field STRUCT_OPS_MAP_ID = Field.u32("struct_ops.map_id", 16);
        public static final Field NETFILTER_PF = Field.u32("netfilter.pf", 16);
        public static final Field NETFILTER_HOOKNUM = Field.u32("netfilter.hooknum", 20);
        public static final Field NETFILTER_PRIORITY = Field.u32("netfilter.priority", 24);
        public static final Field NETFILTER_FLAGS = Field.u32("netfilter.flags", 28);
        public static final Field KPROBE_MULTI_ADDRS = Field.u64("kprobe_multi.addrs", 16);
        public static final Field KPROBE_MULTI_COUNT = Field.u32("kprobe_multi.count", 24);
        public static final Field KPROBE_MULTI_FLAGS = Field.u32("kprobe_multi.flags", 28);
        public static final Field KPROBE_MULTI_MISSED = Field.u64("kprobe_multi.missed", 32);
        public static final Field KPROBE_MULTI_COOKIES = Field.u64("kprobe_multi.cookies", 40);
        public static final Field UPROBE_MULTI_PATH = Field.u64("uprobe_multi.path", 16);
        public static final Field UPROBE_MULTI_OFFSETS = Field.u64("uprobe_multi.offsets", 24);
        public static final Field UPROBE_MULTI_REF_CTR_OFFSETS = Field.u64("uprobe_multi.ref_ctr_offsets", 32);
        public static final Field UPROBE_MULTI_COOKIES = Field.u64("uprobe_multi.cookies", 40);
        public static final Field UPROBE_MULTI_PATH_SIZE = Field.u32("uprobe_multi.path_size", 48);
        public static final Field UPROBE_MULTI_COUNT = Field.u32("uprobe_multi.count", 52);
        public static final Field UPROBE_MULTI_FLAGS = Field.u32("uprobe_multi.flags", 56);
        public static final Field UPROBE_MULTI_PID = Field.u32("uprobe_multi.pid", 60);
        public static final Field PERF_EVENT_TYPE = Field.u32("perf_event.type", 16);
        public static final Field PERF_UPROBE_FILE_NAME = Field.u64("perf_event.uprobe.file_name", 24);
        public static final Field PERF_UPROBE_NAME_LEN = Field.u32("perf_event.uprobe.name_len", 32);
        public static final Field PERF_UPROBE_OFFSET = Field.u32("perf_event.uprobe.offset", 36);
        public static final Field PERF_UPROBE_COOKIE = Field.u64("perf_event.uprobe.cookie", 40);
        public static final Field PERF_UPROBE_REF_CTR_OFFSET = Field.u64("perf_event.uprobe.ref_ctr_offset", 48);
        public static final Field PERF_KPROBE_FUNC_NAME = Field.u64("perf_event.kprobe.func_name", 24);
        public static final Field PERF_KPROBE_NAME_LEN = Field.u32("perf_event.kprobe.name_len", 32);
        public static final Field PERF_KPROBE_OFFSET = Field.u32("perf_event.kprobe.offset", 36);
        public static final Field PERF_KPROBE_ADDR = Field.u64("perf_event.kprobe.addr", 40);
        public static final Field PERF_KPROBE_MISSED = Field.u64("perf_event.kprobe.missed", 48);
        public static final Field PERF_KPROBE_COOKIE = Field.u64("perf_event.kprobe.cookie", 56);
        public static final Field PERF_TRACEPOINT_TP_NAME = Field.u64("perf_event.tracepoint.tp_name", 24);
        public static final Field PERF_TRACEPOINT_NAME_LEN = Field.u32("perf_event.tracepoint.name_len", 32);
        public static final Field PERF_TRACEPOINT_COOKIE = Field.u64("perf_event.tracepoint.cookie", 40);
        public static final Field PERF_EVENT_CONFIG = Field.u64("perf_event.event.config", 24);
        public static final Field PERF_EVENT_EVENT_TYPE = Field.u32("perf_event.event.type", 32);
        public static final Field PERF_EVENT_COOKIE = Field.u64("perf_event.event.cookie", 40);
        public static final Field TCX_IFINDEX = Field.u32("tcx.ifindex", 16);
        public static final Field TCX_ATTACH_TYPE = Field.u32("tcx.attach_type", 20);
        public static final Field NETKIT_IFINDEX = Field.u32("netkit.ifindex", 16);
        public static final Field NETKIT_ATTACH_TYPE = Field.u32("netkit.attach_type", 20);
        public static final Field SOCKMAP_MAP_ID = Field.u32("sockmap.map_id", 16);
        public static final Field SOCKMAP_ATTACH_TYPE = Field.u32("sockmap.attach_type", 20);

        private LinkInfo() {}
    }

    /** {@code struct bpf_func_info}: where a function starts, and its type. */
    public static final class FuncInfo {
        public static final Field INSN_OFF = Field.u32("insn_off", 0);
        public static final Field TYPE_ID = Field.u32("type_id", 4);

        private FuncInfo() {}
    }

    /** {@code struct bpf_line_info}: which source line an instruction came from. */
    public static final class LineInfo {
        public static final Field INSN_OFF = Field.u32("insn_off", 0);
        public static final Field FILE_NAME_OFF = Field.u32("file_name_off", 4);
        public static final Field LINE_OFF = Field.u32("line_off", 8);
        /** The line number in the upper 22 bits, the column in the lower 10. */
        public static final Field LINE_COL = Field.u32("line_col", 12);

        private LineInfo() {}
    }
}
