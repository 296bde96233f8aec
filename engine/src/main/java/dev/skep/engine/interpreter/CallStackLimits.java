package dev.skep.engine.interpreter;

/** The kernel's limits on calls and loops. */
public final class CallStackLimits {
    /** {@code MAX_CALL_FRAMES} of include/linux/bpf_verifier.h. */
    public static final int FRAMES = 8;
    /** {@code MAX_BPF_STACK} of include/linux/filter.h, in bytes. */
    public static final int FRAME_SIZE = 512;
    /** {@code BPF_MAX_LOOPS} of include/linux/bpf_verifier.h: how often {@code may_goto} goes on in one frame. */
    public static final long MAY_GOTO = 8L * 1024 * 1024;

    private CallStackLimits() {}
}
