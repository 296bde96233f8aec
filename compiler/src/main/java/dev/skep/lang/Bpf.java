package dev.skep.lang;

/**
 * Helper functions of the kernel, named as in linux/bpf.h without {@code bpf_} and {@code get_}. Which of them a program may call
 * depends on its type; Skep's verifier says so.
 */
public final class Bpf {
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
}
