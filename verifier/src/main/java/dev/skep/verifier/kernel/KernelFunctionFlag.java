package dev.skep.verifier.kernel;

/** Flags of a kernel function: {@code KF_...} of include/linux/btf.h. */
public enum KernelFunctionFlag {
    /** Returns a reference that must be released. */
    ACQUIRE,
    /** Gives up a reference. */
    RELEASE,
    /** May return null. */
    RET_NULL,
    /** Takes only trusted pointers, not null. */
    TRUSTED_ARGS,
    /** Might sleep. */
    SLEEPABLE,
    /** May bring the machine down: needs CAP_SYS_BOOT. */
    DESTRUCTIVE,
    /** Takes pointers that are trusted or protected by RCU. */
    RCU,
    /** Makes an iterator. */
    ITER_NEW,
    /** Advances an iterator. */
    ITER_NEXT,
    /** Destroys an iterator. */
    ITER_DESTROY,
    /** Takes pointers protected by RCU: the function runs in its own section. */
    RCU_PROTECTED,
    /** Preserves registers, as fastcall helpers do. */
    FASTCALL,
    /** Returns memory or an object that lives while its argument does. */
    ARENA_RET,
    /** Its first argument may be an arena pointer. */
    ARENA_ARG1,
    /** Its second argument may be an arena pointer. */
    ARENA_ARG2
}
