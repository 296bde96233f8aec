package dev.skep.linux.bpf;

/**
 * The members of {@code union bpf_attr} (linux/bpf.h, Linux 6.18), one nested class for each of the union's structures. Members that
 * share an offset are alternatives, as in the header.
 */
public final class BpfAttrLayout {
    private BpfAttrLayout() {}

    /** {@code BPF_MAP_CREATE}. */
    public static final class MapCreate {
        public static final Field MAP_TYPE = Field.u32("map_type", 0);
        public static final Field KEY_SIZE = Field.u32("key_size", 4);
        public static final Field VALUE_SIZE = Field.u32("value_size", 8);
        public static final Field MAX_ENTRIES = Field.u32("max_entries", 12);
        public static final Field MAP_FLAGS = Field.u32("map_flags", 16);
        public static final Field INNER_MAP_FD = Field.u32("inner_map_fd", 20);
        public static final Field NUMA_NODE = Field.u32("numa_node", 24);
        public static final Field MAP_NAME = Field.text("map_name", 28, 16);
        public static final Field MAP_IFINDEX = Field.u32("map_ifindex", 44);
        public static final Field BTF_FD = Field.u32("btf_fd", 48);
        public static final Field BTF_KEY_TYPE_ID = Field.u32("btf_key_type_id", 52);
        public static final Field BTF_VALUE_TYPE_ID = Field.u32("btf_value_type_id", 56);
        public static final Field BTF_VMLINUX_VALUE_TYPE_ID = Field.u32("btf_vmlinux_value_type_id", 60);
        public static final Field MAP_EXTRA = Field.u64("map_extra", 64);
        public static final Field VALUE_TYPE_BTF_OBJ_FD = Field.u32("value_type_btf_obj_fd", 72);
        public static final Field MAP_TOKEN_FD = Field.u32("map_token_fd", 76);
        public static final Field EXCL_PROG_HASH = Field.u64("excl_prog_hash", 80);
        public static final Field EXCL_PROG_HASH_SIZE = Field.u32("excl_prog_hash_size", 88);

        private MapCreate() {}
    }

    /** {@code BPF_MAP_*_ELEM, BPF_MAP_GET_NEXT_KEY, BPF_MAP_FREEZE}. */
    public static final class MapElement {
        public static final Field MAP_FD = Field.u32("map_fd", 0);
        public static final Field KEY = Field.u64("key", 8);
        public static final Field VALUE = Field.u64("value", 16);
        public static final Field NEXT_KEY = Field.u64("next_key", 16);
        public static final Field FLAGS = Field.u64("flags", 24);

        private MapElement() {}
    }

    /** {@code BPF_MAP_*_BATCH}. */
    public static final class MapBatch {
        public static final Field IN_BATCH = Field.u64("in_batch", 0);
        public static final Field OUT_BATCH = Field.u64("out_batch", 8);
        public static final Field KEYS = Field.u64("keys", 16);
        public static final Field VALUES = Field.u64("values", 24);
        public static final Field COUNT = Field.u32("count", 32);
        public static final Field MAP_FD = Field.u32("map_fd", 36);
        public static final Field ELEM_FLAGS = Field.u64("elem_flags", 40);
        public static final Field FLAGS = Field.u64("flags", 48);

        private MapBatch() {}
    }

    /** {@code BPF_PROG_LOAD}. */
    public static final class ProgLoad {
        public static final Field PROG_TYPE = Field.u32("prog_type", 0);
        public static final Field INSN_CNT = Field.u32("insn_cnt", 4);
        public static final Field INSNS = Field.u64("insns", 8);
        public static final Field LICENSE = Field.u64("license", 16);
        public static final Field LOG_LEVEL = Field.u32("log_level", 24);
        public static final Field LOG_SIZE = Field.u32("log_size", 28);
        public static final Field LOG_BUF = Field.u64("log_buf", 32);
        public static final Field KERN_VERSION = Field.u32("kern_version", 40);
        public static final Field PROG_FLAGS = Field.u32("prog_flags", 44);
        public static final Field PROG_NAME = Field.text("prog_name", 48, 16);
        public static final Field PROG_IFINDEX = Field.u32("prog_ifindex", 64);
        public static final Field EXPECTED_ATTACH_TYPE = Field.u32("expected_attach_type", 68);
        public static final Field PROG_BTF_FD = Field.u32("prog_btf_fd", 72);
        public static final Field FUNC_INFO_REC_SIZE = Field.u32("func_info_rec_size", 76);
        public static final Field FUNC_INFO = Field.u64("func_info", 80);
        public static final Field FUNC_INFO_CNT = Field.u32("func_info_cnt", 88);
        public static final Field LINE_INFO_REC_SIZE = Field.u32("line_info_rec_size", 92);
        public static final Field LINE_INFO = Field.u64("line_info", 96);
        public static final Field LINE_INFO_CNT = Field.u32("line_info_cnt", 104);
        public static final Field ATTACH_BTF_ID = Field.u32("attach_btf_id", 108);
        public static final Field ATTACH_PROG_FD = Field.u32("attach_prog_fd", 112);
        public static final Field ATTACH_BTF_OBJ_FD = Field.u32("attach_btf_obj_fd", 112);
        public static final Field CORE_RELO_CNT = Field.u32("core_relo_cnt", 116);
        public static final Field FD_ARRAY = Field.u64("fd_array", 120);
        public static final Field CORE_RELOS = Field.u64("core_relos", 128);
        public static final Field CORE_RELO_REC_SIZE = Field.u32("core_relo_rec_size", 136);
        public static final Field LOG_TRUE_SIZE = Field.u32("log_true_size", 140);
        public static final Field PROG_TOKEN_FD = Field.u32("prog_token_fd", 144);
        public static final Field FD_ARRAY_CNT = Field.u32("fd_array_cnt", 148);
        public static final Field SIGNATURE = Field.u64("signature", 152);
        public static final Field SIGNATURE_SIZE = Field.u32("signature_size", 160);
        public static final Field KEYRING_ID = Field.u32("keyring_id", 164);

        private ProgLoad() {}
    }

    /** {@code BPF_OBJ_PIN, BPF_OBJ_GET}. */
    public static final class Obj {
        public static final Field PATHNAME = Field.u64("pathname", 0);
        public static final Field BPF_FD = Field.u32("bpf_fd", 8);
        public static final Field FILE_FLAGS = Field.u32("file_flags", 12);
        public static final Field PATH_FD = Field.u32("path_fd", 16);

        private Obj() {}
    }

    /** {@code BPF_PROG_ATTACH, BPF_PROG_DETACH}. */
    public static final class ProgAttach {
        public static final Field TARGET_FD = Field.u32("target_fd", 0);
        public static final Field TARGET_IFINDEX = Field.u32("target_ifindex", 0);
        public static final Field ATTACH_BPF_FD = Field.u32("attach_bpf_fd", 4);
        public static final Field ATTACH_TYPE = Field.u32("attach_type", 8);
        public static final Field ATTACH_FLAGS = Field.u32("attach_flags", 12);
        public static final Field REPLACE_BPF_FD = Field.u32("replace_bpf_fd", 16);
        public static final Field RELATIVE_FD = Field.u32("relative_fd", 20);
        public static final Field RELATIVE_ID = Field.u32("relative_id", 20);
        public static final Field EXPECTED_REVISION = Field.u64("expected_revision", 24);

        private ProgAttach() {}
    }

    /** {@code BPF_PROG_TEST_RUN}. */
    public static final class TestRun {
        public static final Field PROG_FD = Field.u32("prog_fd", 0);
        public static final Field RETVAL = Field.u32("retval", 4);
        public static final Field DATA_SIZE_IN = Field.u32("data_size_in", 8);
        public static final Field DATA_SIZE_OUT = Field.u32("data_size_out", 12);
        public static final Field DATA_IN = Field.u64("data_in", 16);
        public static final Field DATA_OUT = Field.u64("data_out", 24);
        public static final Field REPEAT = Field.u32("repeat", 32);
        public static final Field DURATION = Field.u32("duration", 36);
        public static final Field CTX_SIZE_IN = Field.u32("ctx_size_in", 40);
        public static final Field CTX_SIZE_OUT = Field.u32("ctx_size_out", 44);
        public static final Field CTX_IN = Field.u64("ctx_in", 48);
        public static final Field CTX_OUT = Field.u64("ctx_out", 56);
        public static final Field FLAGS = Field.u32("flags", 64);
        public static final Field CPU = Field.u32("cpu", 68);
        public static final Field BATCH_SIZE = Field.u32("batch_size", 72);

        private TestRun() {}
    }

    /** {@code BPF_*_GET_NEXT_ID, BPF_*_GET_FD_BY_ID}. */
    public static final class GetId {
        public static final Field START_ID = Field.u32("start_id", 0);
        public static final Field PROG_ID = Field.u32("prog_id", 0);
        public static final Field MAP_ID = Field.u32("map_id", 0);
        public static final Field BTF_ID = Field.u32("btf_id", 0);
        public static final Field LINK_ID = Field.u32("link_id", 0);
        public static final Field NEXT_ID = Field.u32("next_id", 4);
        public static final Field OPEN_FLAGS = Field.u32("open_flags", 8);
        public static final Field FD_BY_ID_TOKEN_FD = Field.u32("fd_by_id_token_fd", 12);

        private GetId() {}
    }

    /** {@code BPF_OBJ_GET_INFO_BY_FD}. */
    public static final class Info {
        public static final Field BPF_FD = Field.u32("bpf_fd", 0);
        public static final Field INFO_LEN = Field.u32("info_len", 4);
        public static final Field INFO = Field.u64("info", 8);

        private Info() {}
    }

    /** {@code BPF_PROG_QUERY}. */
    public static final class ProgQuery {
        public static final Field TARGET_FD = Field.u32("target_fd", 0);
        public static final Field TARGET_IFINDEX = Field.u32("target_ifindex", 0);
        public static final Field ATTACH_TYPE = Field.u32("attach_type", 4);
        public static final Field QUERY_FLAGS = Field.u32("query_flags", 8);
        public static final Field ATTACH_FLAGS = Field.u32("attach_flags", 12);
        public static final Field PROG_IDS = Field.u64("prog_ids", 16);
        public static final Field PROG_CNT = Field.u32("prog_cnt", 24);
        public static final Field COUNT = Field.u32("count", 24);
        public static final Field PROG_ATTACH_FLAGS = Field.u64("prog_attach_flags", 32);
        public static final Field LINK_IDS = Field.u64("link_ids", 40);
        public static final Field LINK_ATTACH_FLAGS = Field.u64("link_attach_flags", 48);
        public static final Field REVISION = Field.u64("revision", 56);

        private ProgQuery() {}
    }

    /** {@code BPF_RAW_TRACEPOINT_OPEN}. */
    public static final class RawTracepointOpen {
        public static final Field NAME = Field.u64("name", 0);
        public static final Field PROG_FD = Field.u32("prog_fd", 8);
        public static final Field COOKIE = Field.u64("cookie", 16);

        private RawTracepointOpen() {}
    }

    /** {@code BPF_BTF_LOAD}. */
    public static final class BtfLoad {
        public static final Field BTF = Field.u64("btf", 0);
        public static final Field BTF_LOG_BUF = Field.u64("btf_log_buf", 8);
        public static final Field BTF_SIZE = Field.u32("btf_size", 16);
        public static final Field BTF_LOG_SIZE = Field.u32("btf_log_size", 20);
        public static final Field BTF_LOG_LEVEL = Field.u32("btf_log_level", 24);
        public static final Field BTF_LOG_TRUE_SIZE = Field.u32("btf_log_true_size", 28);
        public static final Field BTF_FLAGS = Field.u32("btf_flags", 32);
        public static final Field BTF_TOKEN_FD = Field.u32("btf_token_fd", 36);

        private BtfLoad() {}
    }

    /** {@code BPF_TASK_FD_QUERY}. */
    public static final class TaskFdQuery {
        public static final Field PID = Field.u32("pid", 0);
        public static final Field FD = Field.u32("fd", 4);
        public static final Field FLAGS = Field.u32("flags", 8);
        public static final Field BUF_LEN = Field.u32("buf_len", 12);
        public static final Field BUF = Field.u64("buf", 16);
        public static final Field PROG_ID = Field.u32("prog_id", 24);
        public static final Field FD_TYPE = Field.u32("fd_type", 28);
        public static final Field PROBE_OFFSET = Field.u64("probe_offset", 32);
        public static final Field PROBE_ADDR = Field.u64("probe_addr", 40);

        private TaskFdQuery() {}
    }

    /** {@code BPF_LINK_CREATE}; a group behind a name of its own is the union's member of that name. */
    public static final class LinkCreate {
        public static final Field PROG_FD = Field.u32("prog_fd", 0);
        public static final Field MAP_FD = Field.u32("map_fd", 0);
        public static final Field TARGET_FD = Field.u32("target_fd", 4);
        public static final Field TARGET_IFINDEX = Field.u32("target_ifindex", 4);
        public static final Field ATTACH_TYPE = Field.u32("attach_type", 8);
        public static final Field FLAGS = Field.u32("flags", 12);
        public static final Field TARGET_BTF_ID = Field.u32("target_btf_id", 16);
        public static final Field ITER_INFO = Field.u64("iter_info", 16);
        public static final Field ITER_INFO_LEN = Field.u32("iter_info_len", 24);
        public static final Field PERF_EVENT_BPF_COOKIE = Field.u64("perf_event.bpf_cookie", 16);
        public static final Field KPROBE_MULTI_FLAGS = Field.u32("kprobe_multi.flags", 16);
        public static final Field KPROBE_MULTI_CNT = Field.u32("kprobe_multi.cnt", 20);
        public static final Field KPROBE_MULTI_SYMS = Field.u64("kprobe_multi.syms", 24);
        public static final Field KPROBE_MULTI_ADDRS = Field.u64("kprobe_multi.addrs", 32);
        public static final Field KPROBE_MULTI_COOKIES = Field.u64("kprobe_multi.cookies", 40);
        public static final Field TRACING_TARGET_BTF_ID = Field.u32("tracing.target_btf_id", 16);
        public static final Field TRACING_COOKIE = Field.u64("tracing.cookie", 24);
        public static final Field NETFILTER_PF = Field.u32("netfilter.pf", 16);
        public static final Field NETFILTER_HOOKNUM = Field.u32("netfilter.hooknum", 20);
        public static final Field NETFILTER_PRIORITY = Field.u32("netfilter.priority", 24);
        public static final Field NETFILTER_FLAGS = Field.u32("netfilter.flags", 28);
        public static final Field TCX_RELATIVE_FD = Field.u32("tcx.relative_fd", 16);
        public static final Field TCX_RELATIVE_ID = Field.u32("tcx.relative_id", 16);
        public static final Field TCX_EXPECTED_REVISION = Field.u64("tcx.expected_revision", 24);
        public static final Field UPROBE_MULTI_PATH = Field.u64("uprobe_multi.path", 16);
        public static final Field UPROBE_MULTI_OFFSETS = Field.u64("uprobe_multi.offsets", 24);
        public static final Field UPROBE_MULTI_REF_CTR_OFFSETS = Field.u64("uprobe_multi.ref_ctr_offsets", 32);
        public static final Field UPROBE_MULTI_COOKIES = Field.u64("uprobe_multi.cookies", 40);
        public static final Field UPROBE_MULTI_CNT = Field.u32("uprobe_multi.cnt", 48);
        public static final Field UPROBE_MULTI_FLAGS = Field.u32("uprobe_multi.flags", 52);
        public static final Field UPROBE_MULTI_PID = Field.u32("uprobe_multi.pid", 56);
        public static final Field NETKIT_RELATIVE_FD = Field.u32("netkit.relative_fd", 16);
        public static final Field NETKIT_RELATIVE_ID = Field.u32("netkit.relative_id", 16);
        public static final Field NETKIT_EXPECTED_REVISION = Field.u64("netkit.expected_revision", 24);
        public static final Field CGROUP_RELATIVE_FD = Field.u32("cgroup.relative_fd", 16);
        public static final Field CGROUP_RELATIVE_ID = Field.u32("cgroup.relative_id", 16);
        public static final Field CGROUP_EXPECTED_REVISION = Field.u64("cgroup.expected_revision", 24);

        private LinkCreate() {}
    }

    /** {@code BPF_LINK_UPDATE}. */
    public static final class LinkUpdate {
        public static final Field LINK_FD = Field.u32("link_fd", 0);
        public static final Field NEW_PROG_FD = Field.u32("new_prog_fd", 4);
        public static final Field NEW_MAP_FD = Field.u32("new_map_fd", 4);
        public static final Field FLAGS = Field.u32("flags", 8);
        public static final Field OLD_PROG_FD = Field.u32("old_prog_fd", 12);
        public static final Field OLD_MAP_FD = Field.u32("old_map_fd", 12);

        private LinkUpdate() {}
    }

    /** {@code BPF_LINK_DETACH}. */
    public static final class LinkDetach {
        public static final Field LINK_FD = Field.u32("link_fd", 0);

        private LinkDetach() {}
    }

    /** {@code BPF_ENABLE_STATS}. */
    public static final class EnableStats {
        public static final Field TYPE = Field.u32("type", 0);

        private EnableStats() {}
    }

    /** {@code BPF_ITER_CREATE}. */
    public static final class IterCreate {
        public static final Field LINK_FD = Field.u32("link_fd", 0);
        public static final Field FLAGS = Field.u32("flags", 4);

        private IterCreate() {}
    }

    /** {@code BPF_PROG_BIND_MAP}. */
    public static final class ProgBindMap {
        public static final Field PROG_FD = Field.u32("prog_fd", 0);
        public static final Field MAP_FD = Field.u32("map_fd", 4);
        public static final Field FLAGS = Field.u32("flags", 8);

        private ProgBindMap() {}
    }

    /** {@code BPF_TOKEN_CREATE}. */
    public static final class TokenCreate {
        public static final Field FLAGS = Field.u32("flags", 0);
        public static final Field BPFFS_FD = Field.u32("bpffs_fd", 4);

        private TokenCreate() {}
    }

    /** {@code BPF_PROG_STREAM_READ_BY_FD}. */
    public static final class StreamRead {
        public static final Field STREAM_BUF = Field.u64("stream_buf", 0);
        public static final Field STREAM_BUF_LEN = Field.u32("stream_buf_len", 8);
        public static final Field STREAM_ID = Field.u32("stream_id", 12);
        public static final Field PROG_FD = Field.u32("prog_fd", 16);

        private StreamRead() {}
    }
}
