package dev.skep.lang.context;

/** What a program of traffic control returns: {@code TC_ACT_*} of linux/pkt_cls.h. */
public final class TcAction {
    /** As traffic control is configured. */
    public static final int TC_ACT_UNSPEC = -1;

    /** Let it go on. */
    public static final int TC_ACT_OK = 0;

    /** Classify it again. */
    public static final int TC_ACT_RECLASSIFY = 1;

    /** Drop it. */
    public static final int TC_ACT_SHOT = 2;

    /** On to the next action. */
    public static final int TC_ACT_PIPE = 3;

    /** Taken, do not go on. */
    public static final int TC_ACT_STOLEN = 4;

    /** Send it where {@code redirect} said. */
    public static final int TC_ACT_REDIRECT = 7;

    private TcAction() {}
}
