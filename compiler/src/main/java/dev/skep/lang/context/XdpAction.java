package dev.skep.lang.context;

/** What an XDP program returns: {@code enum xdp_action} of linux/bpf.h. */
public final class XdpAction {
    /** Drop it, and count it as a mistake of the program. */
    public static final int XDP_ABORTED = 0;

    /** Drop it. */
    public static final int XDP_DROP = 1;

    /** Give it to the kernel. */
    public static final int XDP_PASS = 2;

    /** Send it out where it came in. */
    public static final int XDP_TX = 3;

    /** Send it where {@code redirect} said. */
    public static final int XDP_REDIRECT = 4;

    private XdpAction() {}
}
