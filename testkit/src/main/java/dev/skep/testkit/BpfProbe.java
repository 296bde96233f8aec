package dev.skep.testkit;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** Asks the kernel itself whether this process may use {@code bpf(2)}, and for what. */
final class BpfProbe {
    // include/uapi/linux/bpf.h, enum bpf_cmd
    private static final int BPF_MAP_CREATE = 0;
    private static final int BPF_PROG_LOAD = 5;

    private static final int BPF_MAP_TYPE_HASH = 1; // enum bpf_map_type

    // include/uapi/asm-generic/errno-base.h and errno.h
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;

    /** A hash map needs CAP_BPF even where unprivileged bpf(2) is allowed for array maps. */
    private static final Optional<String> WHY_FORBIDDEN = probe();

    private BpfProbe() {}

    /** Why {@code bpf(2)} cannot be used here; empty if it can. */
    static Optional<String> whyForbidden() {
        return WHY_FORBIDDEN;
    }

    private static Optional<String> probe() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.of("bpf(2) needs Linux, this is " + System.getProperty("os.name"));
        }
        if (BpfSystemCall.number().isEmpty()) {
            return Optional.of("the number of bpf(2) on " + System.getProperty("os.arch") + " is not known here");
        }
        try (Arena arena = Arena.ofConfined()) {
            // union bpf_attr for BPF_MAP_CREATE: map_type, key_size, value_size, max_entries, map_flags
            int errno = BpfSystemCall.errno(
                    BPF_MAP_CREATE, arena.allocateFrom(ValueLayout.JAVA_INT, BPF_MAP_TYPE_HASH, 4, 4, 1, 0));
            return switch (errno) {
                case 0 -> Optional.empty();
                case EPERM -> refused(errno, " (EPERM: needs root or CAP_BPF)");
                case ENOSYS -> refused(errno, " (ENOSYS: built without)");
                default -> refused(errno, "");
            };
        }
    }

    private static Optional<String> refused(int errno, String meaning) {
        return Optional.of("the kernel refuses bpf(2) to this process: errno " + errno + meaning);
    }

    /**
     * Whether programs of a kind are forbidden here although {@code bpf(2)} is not. Tries to load a program that names
     * no function to attach to: a kernel that would take the kind answers EINVAL, a policy against it EPERM.
     *
     * @param type of {@code enum bpf_prog_type}
     * @param attachType of {@code enum bpf_attach_type}
     */
    static boolean isForbidden(int type, int attachType) {
        try (Arena arena = Arena.ofConfined()) {
            // r0 = 0; exit: struct bpf_insn is code, registers (4 bits each), off (16 bits), imm (32 bits)
            MemorySegment instructions = arena.allocateFrom(ValueLayout.JAVA_LONG, 0xb7, 0x95);
            // union bpf_attr for BPF_PROG_LOAD, as far as attach_btf_id and the object it belongs to
            MemorySegment attributes = arena.allocate(120, Long.BYTES);
            attributes.set(ValueLayout.JAVA_INT, 0, type);
            attributes.set(ValueLayout.JAVA_INT, 4, 2); // insn_cnt
            attributes.set(ValueLayout.ADDRESS, 8, instructions);
            attributes.set(ValueLayout.ADDRESS, 16, arena.allocateFrom("GPL"));
            attributes.set(ValueLayout.JAVA_INT, 68, attachType); // expected_attach_type
            return BpfSystemCall.errno(BPF_PROG_LOAD, attributes) == EPERM;
        }
    }
}
