package dev.skep.object.attach;

/** What else may be attached to a control group and those below it: {@code BPF_F_*} of linux/bpf.h. */
public enum CgroupSharing {
    /** Any number of programs here and below, all of them run ({@code BPF_F_ALLOW_MULTI}). The only one links know. */
    MULTI,
    /** As {@link #MULTI}, and this program runs before those of groups below ({@code BPF_F_PREORDER}, Linux 6.15). */
    MULTI_PREORDER,
    /** One program here; a group below may have another, which then runs instead ({@code BPF_F_ALLOW_OVERRIDE}). */
    OVERRIDE,
    /** One program here and none below. */
    EXCLUSIVE
}
