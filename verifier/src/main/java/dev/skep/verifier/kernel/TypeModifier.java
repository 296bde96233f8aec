package dev.skep.verifier.kernel;

/** What is said about an argument or a result beyond its kind: {@code enum bpf_type_flag} of include/linux/bpf.h. */
public enum TypeModifier {
    /** May be a null pointer: {@code PTR_MAYBE_NULL}. */
    OR_NULL,
    /** Need not be written before the call, which fills it: {@code MEM_UNINIT}. */
    UNINIT,
    /** Is written by the call: {@code MEM_WRITE}. */
    WRITE,
    /** Is not written: {@code MEM_RDONLY}. */
    RDONLY,
    /** The reference is given up by the call: {@code OBJ_RELEASE}. */
    RELEASE,
    /** Memory of a size that the prototype states: {@code MEM_FIXED_SIZE}. */
    FIXED_SIZE,
    /** Must be aligned to its size: {@code MEM_ALIGNED}. */
    ALIGNED,
    /** A kernel object that is known to live: {@code PTR_TRUSTED}. */
    TRUSTED,
    /** Memory of a ring buffer's record: {@code MEM_RINGBUF}. */
    RINGBUF,
    /** A dynptr over the program's memory: {@code DYNPTR_TYPE_LOCAL}. */
    DYNPTR_LOCAL,
    /** A dynptr over a ring buffer's record: {@code DYNPTR_TYPE_RINGBUF}. */
    DYNPTR_RINGBUF
}
