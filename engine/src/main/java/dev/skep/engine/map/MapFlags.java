package dev.skep.engine.map;

/** The map creation flags of linux/bpf.h (6.18), {@code BPF_F_*} there. */
public final class MapFlags {
    /** Elements are allocated when they are inserted. */
    public static final int NO_PREALLOC = 1;
    /** Every CPU has a least-recently-used list of its own. */
    public static final int NO_COMMON_LRU = 1 << 1;
    /** The creator chose a NUMA node. */
    public static final int NUMA_NODE = 1 << 2;
    /** The user's side may only read. */
    public static final int RDONLY = 1 << 3;
    /** The user's side may only write. */
    public static final int WRONLY = 1 << 4;
    /** A stack trace map holds build ids and offsets. */
    public static final int STACK_BUILD_ID = 1 << 5;
    /** Hashes start from 0, not from a random number. */
    public static final int ZERO_SEED = 1 << 6;
    /** Programs may only read. */
    public static final int RDONLY_PROG = 1 << 7;
    /** Programs may only write. */
    public static final int WRONLY_PROG = 1 << 8;
    /** A storage is copied when a socket is cloned. */
    public static final int CLONE = 1 << 9;
    /** The user's side may map the values into its memory. */
    public static final int MMAPABLE = 1 << 10;
    /** Perf event entries stay when the file they were set through is closed. */
    public static final int PRESERVE_ELEMS = 1 << 11;
    /** An array that may stand in a map of maps whatever its number of entries. */
    public static final int INNER_MAP = 1 << 12;
    /** A struct_ops map that is attached through a link. */
    public static final int LINK = 1 << 13;
    /** The path of a token is given by file descriptor. */
    public static final int PATH_FD = 1 << 14;
    /** The value type is in the BTF of a kernel module. */
    public static final int VTYPE_BTF_OBJ_FD = 1 << 15;
    /** A BPF token is given. */
    public static final int TOKEN_FD = 1 << 16;
    /** A user's access to an unallocated arena page is a fault. */
    public static final int SEGV_ON_FAULT = 1 << 17;
    /** Arena pointers are not translated to the user's addresses. */
    public static final int NO_USER_CONV = 1 << 18;

    /** The four flags that say who may do what. */
    static final int ACCESS = RDONLY | WRONLY | RDONLY_PROG | WRONLY_PROG;

    private static final String[] NAMES = {
        "NO_PREALLOC", "NO_COMMON_LRU", "NUMA_NODE", "RDONLY", "WRONLY", "STACK_BUILD_ID", "ZERO_SEED", "RDONLY_PROG",
        "WRONLY_PROG", "CLONE", "MMAPABLE", "PRESERVE_ELEMS", "INNER_MAP", "LINK", "PATH_FD", "VTYPE_BTF_OBJ_FD",
        "TOKEN_FD", "SEGV_ON_FAULT", "NO_USER_CONV"
    };

    private MapFlags() {}

    /** The flags in words: {@code BPF_F_NO_PREALLOC|BPF_F_RDONLY}, unknown bits in hex, {@code 0} for none. */
    public static String describe(int flags) {
        if (flags == 0) {
            return "0";
        }
        StringBuilder text = new StringBuilder();
        int unknown = flags;
        for (int bit = 0; bit < NAMES.length; bit++) {
            if ((flags & 1 << bit) != 0) {
                text.append(text.isEmpty() ? "" : "|").append("BPF_F_").append(NAMES[bit]);
                unknown &= ~(1 << bit);
            }
        }
        if (unknown != 0) {
            text.append(text.isEmpty() ? "" : "|").append("0x").append(Integer.toHexString(unknown));
        }
        return text.toString();
    }
}
