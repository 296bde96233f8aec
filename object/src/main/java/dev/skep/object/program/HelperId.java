package dev.skep.object.program;

import dev.skep.object.KernelVersion;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The helper functions of the kernel: {@code enum bpf_func_id} of linux/bpf.h (6.18; no more will be added, new functions are
 * kfuncs).
 *
 * <p>The ordinal is the UAPI number, which {@code call} holds in its immediate; names are the UAPI's without {@code BPF_FUNC_}.
 */
public enum HelperId {
    UNSPEC,
    MAP_LOOKUP_ELEM,
    MAP_UPDATE_ELEM,
    MAP_DELETE_ELEM,
    PROBE_READ,
    KTIME_GET_NS,
    TRACE_PRINTK,
    GET_PRANDOM_U32,
    GET_SMP_PROCESSOR_ID,
    SKB_STORE_BYTES,
    L3_CSUM_REPLACE,
    L4_CSUM_REPLACE,
    TAIL_CALL,
    CLONE_REDIRECT,
    GET_CURRENT_PID_TGID,
    GET_CURRENT_UID_GID,
    GET_CURRENT_COMM,
    GET_CGROUP_CLASSID,
    SKB_VLAN_PUSH,
    SKB_VLAN_POP,
    SKB_GET_TUNNEL_KEY,
    SKB_SET_TUNNEL_KEY,
    PERF_EVENT_READ,
    REDIRECT,
    GET_ROUTE_REALM,
    PERF_EVENT_OUTPUT,
    SKB_LOAD_BYTES,
    GET_STACKID,
    CSUM_DIFF,
    SKB_GET_TUNNEL_OPT,
    SKB_SET_TUNNEL_OPT,
    SKB_CHANGE_PROTO,
    SKB_CHANGE_TYPE,
    SKB_UNDER_CGROUP,
    GET_HASH_RECALC,
    GET_CURRENT_TASK,
    PROBE_WRITE_USER,
    CURRENT_TASK_UNDER_CGROUP,
    SKB_CHANGE_TAIL,
    SKB_PULL_DATA,
    CSUM_UPDATE,
    SET_HASH_INVALID,
    GET_NUMA_NODE_ID,
    SKB_CHANGE_HEAD,
    XDP_ADJUST_HEAD,
    PROBE_READ_STR,
    GET_SOCKET_COOKIE,
    GET_SOCKET_UID,
    SET_HASH,
    SETSOCKOPT,
    SKB_ADJUST_ROOM,
    REDIRECT_MAP,
    SK_REDIRECT_MAP,
    SOCK_MAP_UPDATE,
    XDP_ADJUST_META,
    PERF_EVENT_READ_VALUE,
    PERF_PROG_READ_VALUE,
    GETSOCKOPT,
    OVERRIDE_RETURN,
    SOCK_OPS_CB_FLAGS_SET,
    MSG_REDIRECT_MAP,
    MSG_APPLY_BYTES,
    MSG_CORK_BYTES,
    MSG_PULL_DATA,
    BIND,
    XDP_ADJUST_TAIL,
    SKB_GET_XFRM_STATE,
    GET_STACK,
    SKB_LOAD_BYTES_RELATIVE,
    FIB_LOOKUP,
    SOCK_HASH_UPDATE,
    MSG_REDIRECT_HASH,
    SK_REDIRECT_HASH,
    LWT_PUSH_ENCAP,
    LWT_SEG6_STORE_BYTES,
    LWT_SEG6_ADJUST_SRH,
    LWT_SEG6_ACTION,
    RC_REPEAT,
    RC_KEYDOWN,
    SKB_CGROUP_ID,
    GET_CURRENT_CGROUP_ID,
    GET_LOCAL_STORAGE,
    SK_SELECT_REUSEPORT,
    SKB_ANCESTOR_CGROUP_ID,
    SK_LOOKUP_TCP,
    SK_LOOKUP_UDP,
    SK_RELEASE,
    MAP_PUSH_ELEM,
    MAP_POP_ELEM,
    MAP_PEEK_ELEM,
    MSG_PUSH_DATA,
    MSG_POP_DATA,
    RC_POINTER_REL,
    SPIN_LOCK,
    SPIN_UNLOCK,
    SK_FULLSOCK,
    TCP_SOCK,
    SKB_ECN_SET_CE,
    GET_LISTENER_SOCK,
    SKC_LOOKUP_TCP,
    TCP_CHECK_SYNCOOKIE,
    SYSCTL_GET_NAME,
    SYSCTL_GET_CURRENT_VALUE,
    SYSCTL_GET_NEW_VALUE,
    SYSCTL_SET_NEW_VALUE,
    STRTOL,
    STRTOUL,
    SK_STORAGE_GET,
    SK_STORAGE_DELETE,
    SEND_SIGNAL,
    TCP_GEN_SYNCOOKIE,
    SKB_OUTPUT,
    PROBE_READ_USER,
    PROBE_READ_KERNEL,
    PROBE_READ_USER_STR,
    PROBE_READ_KERNEL_STR,
    TCP_SEND_ACK,
    SEND_SIGNAL_THREAD,
    JIFFIES64,
    READ_BRANCH_RECORDS,
    GET_NS_CURRENT_PID_TGID,
    XDP_OUTPUT,
    GET_NETNS_COOKIE,
    GET_CURRENT_ANCESTOR_CGROUP_ID,
    SK_ASSIGN,
    KTIME_GET_BOOT_NS,
    SEQ_PRINTF,
    SEQ_WRITE,
    SK_CGROUP_ID,
    SK_ANCESTOR_CGROUP_ID,
    RINGBUF_OUTPUT,
    RINGBUF_RESERVE,
    RINGBUF_SUBMIT,
    RINGBUF_DISCARD,
    RINGBUF_QUERY,
    CSUM_LEVEL,
    SKC_TO_TCP6_SOCK,
    SKC_TO_TCP_SOCK,
    SKC_TO_TCP_TIMEWAIT_SOCK,
    SKC_TO_TCP_REQUEST_SOCK,
    SKC_TO_UDP6_SOCK,
    GET_TASK_STACK,
    LOAD_HDR_OPT,
    STORE_HDR_OPT,
    RESERVE_HDR_OPT,
    INODE_STORAGE_GET,
    INODE_STORAGE_DELETE,
    D_PATH,
    COPY_FROM_USER,
    SNPRINTF_BTF,
    SEQ_PRINTF_BTF,
    SKB_CGROUP_CLASSID,
    REDIRECT_NEIGH,
    PER_CPU_PTR,
    THIS_CPU_PTR,
    REDIRECT_PEER,
    TASK_STORAGE_GET,
    TASK_STORAGE_DELETE,
    GET_CURRENT_TASK_BTF,
    BPRM_OPTS_SET,
    KTIME_GET_COARSE_NS,
    IMA_INODE_HASH,
    SOCK_FROM_FILE,
    CHECK_MTU,
    FOR_EACH_MAP_ELEM,
    SNPRINTF,
    SYS_BPF,
    BTF_FIND_BY_NAME_KIND,
    SYS_CLOSE,
    TIMER_INIT,
    TIMER_SET_CALLBACK,
    TIMER_START,
    TIMER_CANCEL,
    GET_FUNC_IP,
    GET_ATTACH_COOKIE,
    TASK_PT_REGS,
    GET_BRANCH_SNAPSHOT,
    TRACE_VPRINTK,
    SKC_TO_UNIX_SOCK,
    KALLSYMS_LOOKUP_NAME,
    FIND_VMA,
    LOOP,
    STRNCMP,
    GET_FUNC_ARG,
    GET_FUNC_RET,
    GET_FUNC_ARG_CNT,
    GET_RETVAL,
    SET_RETVAL,
    XDP_GET_BUFF_LEN,
    XDP_LOAD_BYTES,
    XDP_STORE_BYTES,
    COPY_FROM_USER_TASK,
    SKB_SET_TSTAMP,
    IMA_FILE_HASH,
    KPTR_XCHG,
    MAP_LOOKUP_PERCPU_ELEM,
    SKC_TO_MPTCP_SOCK,
    DYNPTR_FROM_MEM,
    RINGBUF_RESERVE_DYNPTR,
    RINGBUF_SUBMIT_DYNPTR,
    RINGBUF_DISCARD_DYNPTR,
    DYNPTR_READ,
    DYNPTR_WRITE,
    DYNPTR_DATA,
    TCP_RAW_GEN_SYNCOOKIE_IPV4,
    TCP_RAW_GEN_SYNCOOKIE_IPV6,
    TCP_RAW_CHECK_SYNCOOKIE_IPV4,
    TCP_RAW_CHECK_SYNCOOKIE_IPV6,
    KTIME_GET_TAI_NS,
    USER_RINGBUF_DRAIN,
    CGRP_STORAGE_GET,
    CGRP_STORAGE_DELETE;

    private static final HelperId[] BY_NUMBER = values();

    private static final Map<String, HelperId> BY_FUNCTION_NAME = Arrays.stream(BY_NUMBER)
            .skip(1)
            .collect(Collectors.toUnmodifiableMap(HelperId::functionName, Function.identity()));

    /**
     * The first helper that came with each kernel; helpers are numbered in the order in which they came. From the history of
     * include/uapi/linux/bpf.h; bcc's docs/kernel-versions.md says the same.
     */
    private static final TreeMap<HelperId, KernelVersion> FIRST_OF_KERNEL = new TreeMap<>(Map.ofEntries(
            Map.entry(MAP_LOOKUP_ELEM, KernelVersion.of("3.19")),
            Map.entry(PROBE_READ, KernelVersion.of("4.1")),
            Map.entry(TAIL_CALL, KernelVersion.of("4.2")),
            Map.entry(GET_CGROUP_CLASSID, KernelVersion.of("4.3")),
            Map.entry(REDIRECT, KernelVersion.of("4.4")),
            Map.entry(SKB_LOAD_BYTES, KernelVersion.of("4.5")),
            Map.entry(GET_STACKID, KernelVersion.of("4.6")),
            Map.entry(SKB_CHANGE_PROTO, KernelVersion.of("4.8")),
            Map.entry(CURRENT_TASK_UNDER_CGROUP, KernelVersion.of("4.9")),
            Map.entry(GET_NUMA_NODE_ID, KernelVersion.of("4.10")),
            Map.entry(PROBE_READ_STR, KernelVersion.of("4.11")),
            Map.entry(GET_SOCKET_COOKIE, KernelVersion.of("4.12")),
            Map.entry(SET_HASH, KernelVersion.of("4.13")),
            Map.entry(REDIRECT_MAP, KernelVersion.of("4.14")),
            Map.entry(XDP_ADJUST_META, KernelVersion.of("4.15")),
            Map.entry(OVERRIDE_RETURN, KernelVersion.of("4.16")),
            Map.entry(MSG_REDIRECT_MAP, KernelVersion.of("4.17")),
            Map.entry(XDP_ADJUST_TAIL, KernelVersion.of("4.18")),
            Map.entry(GET_LOCAL_STORAGE, KernelVersion.of("4.19")),
            Map.entry(SK_LOOKUP_TCP, KernelVersion.of("4.20")),
            Map.entry(MSG_POP_DATA, KernelVersion.of("5.0")),
            Map.entry(SPIN_LOCK, KernelVersion.of("5.1")),
            Map.entry(SKC_LOOKUP_TCP, KernelVersion.of("5.2")),
            Map.entry(SEND_SIGNAL, KernelVersion.of("5.3")),
            Map.entry(TCP_GEN_SYNCOOKIE, KernelVersion.of("5.4")),
            Map.entry(SKB_OUTPUT, KernelVersion.of("5.5")),
            Map.entry(TCP_SEND_ACK, KernelVersion.of("5.6")),
            Map.entry(READ_BRANCH_RECORDS, KernelVersion.of("5.7")),
            Map.entry(KTIME_GET_BOOT_NS, KernelVersion.of("5.8")),
            Map.entry(SKC_TO_TCP6_SOCK, KernelVersion.of("5.9")),
            Map.entry(LOAD_HDR_OPT, KernelVersion.of("5.10")),
            Map.entry(TASK_STORAGE_GET, KernelVersion.of("5.11")),
            Map.entry(CHECK_MTU, KernelVersion.of("5.12")),
            Map.entry(FOR_EACH_MAP_ELEM, KernelVersion.of("5.13")),
            Map.entry(SYS_BPF, KernelVersion.of("5.14")),
            Map.entry(TIMER_INIT, KernelVersion.of("5.15")),
            Map.entry(GET_BRANCH_SNAPSHOT, KernelVersion.of("5.16")),
            Map.entry(FIND_VMA, KernelVersion.of("5.17")),
            Map.entry(GET_RETVAL, KernelVersion.of("5.18")),
            Map.entry(KPTR_XCHG, KernelVersion.of("5.19")),
            Map.entry(TCP_RAW_GEN_SYNCOOKIE_IPV4, KernelVersion.of("6.0")),
            Map.entry(KTIME_GET_TAI_NS, KernelVersion.of("6.1")),
            Map.entry(CGRP_STORAGE_GET, KernelVersion.of("6.2"))));

    /** The helper with this number, if there is one. */
    public static Optional<HelperId> of(int number) {
        return number > 0 && number < BY_NUMBER.length ? Optional.of(BY_NUMBER[number]) : Optional.empty();
    }

    /** The helper with this name as C programs write it, {@code bpf_map_lookup_elem}, if there is one. */
    public static Optional<HelperId> ofFunction(String functionName) {
        return Optional.ofNullable(BY_FUNCTION_NAME.get(functionName));
    }

    /** The number in linux/bpf.h. */
    public int number() {
        return ordinal();
    }

    /** The function's name in C: {@code bpf_map_lookup_elem}. */
    public String functionName() {
        return "bpf_" + name().toLowerCase(Locale.ROOT);
    }

    /** The name in linux/bpf.h: {@code BPF_FUNC_map_lookup_elem}. */
    public String uapiName() {
        return "BPF_FUNC_" + name().toLowerCase(Locale.ROOT);
    }

    /**
     * The first kernel that has the helper, for some kind of program.
     *
     * @throws IllegalStateException for {@link #UNSPEC}, which is no helper
     */
    public KernelVersion since() {
        Map.Entry<HelperId, KernelVersion> entry = FIRST_OF_KERNEL.floorEntry(this);
        if (entry == null) {
            throw new IllegalStateException("UNSPEC is no helper");
        }
        return entry.getValue();
    }
}
