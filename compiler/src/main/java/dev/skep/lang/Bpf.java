package dev.skep.lang;

import dev.skep.lang.map.StackTraces;

/**
 * Helper functions of the kernel, named as in linux/bpf.h without {@code bpf_} and {@code get_}. Which of them a program may call
 * depends on its type; Skep's verifier says so.
 */
public final class Bpf {
    /** Flag of {@link #stackId}: the stack of the process rather than that of the kernel ({@code BPF_F_USER_STACK}). */
    public static final long USER_STACK = 1 << 8;

    private Bpf() {}

    /** Nanoseconds since the system started, without the time it slept. */
    @Helper("KTIME_GET_NS")
    public static long ktimeGetNs() {
        throw new NotInJavaException("ktimeGetNs");
    }

    /** Nanoseconds since the system started, with the time it slept. Since Linux 5.8. */
    @Helper("KTIME_GET_BOOT_NS")
    public static long ktimeGetBootNs() {
        throw new NotInJavaException("ktimeGetBootNs");
    }

    /** Nanoseconds since the system started, as of the last tick. Since Linux 5.11. */
    @Helper("KTIME_GET_COARSE_NS")
    public static long ktimeGetCoarseNs() {
        throw new NotInJavaException("ktimeGetCoarseNs");
    }

    /** Ticks since the system started. */
    @Helper("JIFFIES64")
    public static long jiffies64() {
        throw new NotInJavaException("jiffies64");
    }

    /** The current process in the upper 32 bits, the current thread in the lower. */
    @Helper("GET_CURRENT_PID_TGID")
    public static long currentPidTgid() {
        throw new NotInJavaException("currentPidTgid");
    }

    /** The current group in the upper 32 bits, the current user in the lower. */
    @Helper("GET_CURRENT_UID_GID")
    public static long currentUidGid() {
        throw new NotInJavaException("currentUidGid");
    }

    /** Copies the current thread's name, ended by a zero. @return 0, or a negative error number */
    @Helper("GET_CURRENT_COMM")
    public static int currentComm(byte[] target) {
        throw new NotInJavaException("currentComm");
    }

    /** The address of the current thread's {@code task_struct}. */
    @Helper("GET_CURRENT_TASK")
    public static long currentTask() {
        throw new NotInJavaException("currentTask");
    }

    /** The number of the current thread's control group (version 2). */
    @Helper("GET_CURRENT_CGROUP_ID")
    public static long currentCgroupId() {
        throw new NotInJavaException("currentCgroupId");
    }

    /** The number of the processor that the program runs on. */
    @Helper("GET_SMP_PROCESSOR_ID")
    public static int smpProcessorId() {
        throw new NotInJavaException("smpProcessorId");
    }

    /** The number of the memory node that the program runs on. */
    @Helper("GET_NUMA_NODE_ID")
    public static int numaNodeId() {
        throw new NotInJavaException("numaNodeId");
    }

    /** A random number of 32 bits, not for cryptography. */
    @Helper("GET_PRANDOM_U32")
    public static int prandomU32() {
        throw new NotInJavaException("prandomU32");
    }

    /** Sends the packet to another interface; a program returns this result. */
    @Helper("REDIRECT")
    public static int redirect(int ifindex, long flags) {
        throw new NotInJavaException("redirect");
    }

    /** Sends the packet to the peer of an interface in another network namespace; a program returns this result. */
    @Helper("REDIRECT_PEER")
    public static int redirectPeer(int ifindex, long flags) {
        throw new NotInJavaException("redirectPeer");
    }

    /** Sends a copy of the packet to another interface. @return 0, or a negative error number */
    @Helper("CLONE_REDIRECT")
    public static int cloneRedirect(Context context, int ifindex, long flags) {
        throw new NotInJavaException("cloneRedirect");
    }

    /** Copies memory of the kernel. @return 0, or a negative error number */
    @Helper("PROBE_READ_KERNEL")
    public static int probeReadKernel(Struct target, long address) {
        throw new NotInJavaException("probeReadKernel");
    }

    /** Copies memory of the current process. @return 0, or a negative error number */
    @Helper("PROBE_READ_USER")
    public static int probeReadUser(Struct target, long address) {
        throw new NotInJavaException("probeReadUser");
    }

    /** Copies text of the kernel up to its zero. @return its bytes with the zero, or a negative error number */
    @Helper("PROBE_READ_KERNEL_STR")
    public static int probeReadKernelString(byte[] target, long address) {
        throw new NotInJavaException("probeReadKernelString");
    }

    /** Copies text of the current process up to its zero. @return its bytes with the zero, or a negative error number */
    @Helper("PROBE_READ_USER_STR")
    public static int probeReadUserString(byte[] target, long address) {
        throw new NotInJavaException("probeReadUserString");
    }

    /** Sends a signal to the current process. @return 0, or a negative error number */
    @Helper("SEND_SIGNAL")
    public static int sendSignal(int signal) {
        throw new NotInJavaException("sendSignal");
    }

    /** Moves the packet's start; pointers into the packet are lost. @return 0, or a negative error number */
    @Helper("XDP_ADJUST_HEAD")
    public static int xdpAdjustHead(Context context, int delta) {
        throw new NotInJavaException("xdpAdjustHead");
    }

    /** Moves the packet's end; pointers into the packet are lost. @return 0, or a negative error number */
    @Helper("XDP_ADJUST_TAIL")
    public static int xdpAdjustTail(Context context, int delta) {
        throw new NotInJavaException("xdpAdjustTail");
    }

    /**
     * Moves the start of the bytes before the packet; pointers into the packet are lost.
     *
     * @return 0, or a negative error number
     */
    @Helper("XDP_ADJUST_META")
    public static int xdpAdjustMeta(Context context, int delta) {
        throw new NotInJavaException("xdpAdjustMeta");
    }

    /** Makes so many bytes of the packet reachable; pointers into the packet are lost. @return 0, or a negative error number */
    @Helper("SKB_PULL_DATA")
    public static int skbPullData(Context context, int length) {
        throw new NotInJavaException("skbPullData");
    }

    /** Makes the packet so long; pointers into the packet are lost. @return 0, or a negative error number */
    @Helper("SKB_CHANGE_TAIL")
    public static int skbChangeTail(Context context, int length, long flags) {
        throw new NotInJavaException("skbChangeTail");
    }

    /** The hash of the packet's flow. */
    @Helper("GET_HASH_RECALC")
    public static int hashRecalc(Context context) {
        throw new NotInJavaException("hashRecalc");
    }

    /** A number that is the socket's own as long as the system runs. */
    @Helper("GET_SOCKET_COOKIE")
    public static long socketCookie(Context context) {
        throw new NotInJavaException("socketCookie");
    }

    /** The address of the function that was probed. */
    @Helper("GET_FUNC_IP")
    public static long getFuncIp(Context context) {
        throw new NotInJavaException("getFuncIp");
    }

    /** Nanoseconds of International Atomic Time since 1970. Since Linux 6.1. */
    @Helper("KTIME_GET_TAI_NS")
    public static long ktimeGetTaiNs() {
        throw new NotInJavaException("ktimeGetTaiNs");
    }

    /** The number of the group above the current thread's, so many levels below the root. */
    @Helper("GET_CURRENT_ANCESTOR_CGROUP_ID")
    public static long currentAncestorCgroupId(int level) {
        throw new NotInJavaException("currentAncestorCgroupId");
    }

    /** A number that is the own one of the network namespace as long as the system runs. */
    @Helper("GET_NETNS_COOKIE")
    public static long netnsCookie(Context context) {
        throw new NotInJavaException("netnsCookie");
    }

    /** The number that was given when the program was attached. Since Linux 5.15. */
    @Helper("GET_ATTACH_COOKIE")
    public static long attachCookie(Context context) {
        throw new NotInJavaException("attachCookie");
    }

    /** Sends a signal to the current thread. @return 0, or a negative error number */
    @Helper("SEND_SIGNAL_THREAD")
    public static int sendSignalToThread(int signal) {
        throw new NotInJavaException("sendSignalToThread");
    }

    /** Lets the probed function return this at once, if the kernel allows that for it. @return 0 */
    @Helper("OVERRIDE_RETURN")
    public static int overrideReturn(Context context, long result) {
        throw new NotInJavaException("overrideReturn");
    }

    /** Overwrites memory of the current process. @return 0, or a negative error number */
    @Helper("PROBE_WRITE_USER")
    public static int probeWriteUser(long address, Struct source) {
        throw new NotInJavaException("probeWriteUser");
    }

    /**
     * Copies memory of the current process and waits for it, in programs that may sleep. @return 0, or a negative error number
     */
    @Helper("COPY_FROM_USER")
    public static int copyFromUser(Struct target, long address) {
        throw new NotInJavaException("copyFromUser");
    }

    /** How many arguments the traced function has. Since Linux 5.17. */
    @Helper("GET_FUNC_ARG_CNT")
    public static long functionArgumentCount(Context context) {
        throw new NotInJavaException("functionArgumentCount");
    }

    /** What programs of this control group before returned, or the system call would. Since Linux 5.18. */
    @Helper("GET_RETVAL")
    public static int returnValue() {
        throw new NotInJavaException("returnValue");
    }

    /**
     * What the system call is to return, a negative error number. Since Linux 5.18. @return 0, or a negative error number
     */
    @Helper("SET_RETVAL")
    public static int setReturnValue(int value) {
        throw new NotInJavaException("setReturnValue");
    }

    /**
     * The difference that makes of a checksum's words: {@code to} in the place of {@code from}.
     *
     * @param seed an earlier difference to add to, 0 at first
     * @return the sum, not folded, or a negative error number
     */
    @Helper("CSUM_DIFF")
    public static long csumDiff(int[] from, int[] to, int seed) {
        throw new NotInJavaException("csumDiff");
    }

    /**
     * Sends the packet to another interface, with the Ethernet addresses that its neighbours have; a program returns this result.
     *
     * @param neighbour the next hop, as {@code struct bpf_redir_neigh}
     */
    @Helper("REDIRECT_NEIGH")
    public static int redirectNeighbour(int ifindex, Struct neighbour, long flags) {
        throw new NotInJavaException("redirectNeighbour");
    }

    /**
     * Looks up the route of a packet: where it goes, with which Ethernet addresses.
     *
     * @param parameters as {@code struct bpf_fib_lookup}, which the answer is written to
     * @return {@code BPF_FIB_LKUP_RET_*}, 0 if it can be sent, or a negative error number
     */
    @Helper("FIB_LOOKUP")
    public static int fibLookup(Context context, Struct parameters, int flags) {
        throw new NotInJavaException("fibLookup");
    }

    /**
     * Writes down the stack where the program runs.
     *
     * @param flags 0 or {@link #USER_STACK}
     * @return its number, the same for the same stack; or a negative error number, -17 if another stack has its place
     */
    @Helper("GET_STACKID")
    public static int stackId(Context context, StackTraces stacks, long flags) {
        throw new NotInJavaException("stackId");
    }
}
