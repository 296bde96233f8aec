package dev.skep.lang.context;

/** What programs of the types sk_msg, sk_skb and sk_lookup return: {@code enum sk_action} of linux/bpf.h. */
public final class SkAction {
    /** Drop it. */
    public static final int SK_DROP = 0;

    /** Let it go on, to where it was redirected if it was. */
    public static final int SK_PASS = 1;

    private SkAction() {}
}
