package dev.skep.linux.link;

/**
 * {@code BPF_F_*} of linux/bpf.h for attaching: {@code attach_flags}, {@code link_create.flags}, {@code
 * link_update.flags}.
 */
final class AttachFlags {
    static final int ALLOW_OVERRIDE = 1;
    static final int ALLOW_MULTI = 1 << 1;
    static final int REPLACE = 1 << 2;
    static final int BEFORE = 1 << 3;
    static final int AFTER = 1 << 4;
    static final int ID = 1 << 5;
    static final int PREORDER = 1 << 6;
    static final int LINK = 1 << 13;

    private AttachFlags() {}
}
