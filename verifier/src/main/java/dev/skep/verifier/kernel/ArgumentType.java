package dev.skep.verifier.kernel;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a helper takes in one argument: {@code enum bpf_arg_type} of include/linux/bpf.h, taken apart.
 *
 * @param size bytes of memory of a {@link TypeModifier#FIXED_SIZE fixed size}; otherwise 0
 * @param btfTypes names of the kernel structures a pointer may point to, for {@link Kind#BTF_ID} and its like; otherwise empty.
 *     Empty also where any is taken ({@code BPF_PTR_POISON}: the rule for the helper says)
 */
public record ArgumentType(Kind kind, Set<TypeModifier> modifiers, int size, List<String> btfTypes) {
    /** The base type: {@code ARG_...} without its modifiers. */
    public enum Kind {
        /** Any initialised value that may be shown to the kernel. */
        ANYTHING,
        CONST_MAP_PTR,
        MAP_KEY,
        MAP_VALUE,
        /** Memory, whose size the next argument gives unless it is fixed. */
        MEM,
        /** The size of the memory before it, at least 1. */
        CONST_SIZE,
        CONST_SIZE_OR_ZERO,
        /** A constant: the size of the memory that is returned. */
        CONST_ALLOC_SIZE_OR_ZERO,
        CTX,
        SPIN_LOCK,
        SOCK_COMMON,
        SOCKET,
        BTF_ID,
        /** A structure that begins with {@code sock_common}, by its BTF type or as a socket of the verifier's own kinds. */
        BTF_ID_SOCK_COMMON,
        /** A record reserved in a ring buffer. */
        RINGBUF_MEM,
        PERCPU_BTF_ID,
        /** A function of the program, to call back. */
        FUNC,
        STACK,
        /** A string that is constant: in a frozen read-only map. */
        CONST_STR,
        TIMER,
        /** Where a kptr is stored. */
        KPTR_XCHG_DEST,
        DYNPTR
    }

    public ArgumentType {
        modifiers = modifiers.isEmpty() ? Set.of() : Set.copyOf(modifiers);
        btfTypes = List.copyOf(btfTypes);
    }

    static ArgumentType of(Kind kind) {
        return new ArgumentType(kind, Set.of(), 0, List.of());
    }

    /** Whether it has this modifier. */
    public boolean is(TypeModifier modifier) {
        return modifiers.contains(modifier);
    }

    /** Whether this is a size, which belongs to the memory in the argument before it: {@code arg_type_is_mem_size}. */
    public boolean isMemorySize() {
        return kind == Kind.CONST_SIZE || kind == Kind.CONST_SIZE_OR_ZERO;
    }

    ArgumentType with(TypeModifier... more) {
        EnumSet<TypeModifier> all = EnumSet.noneOf(TypeModifier.class);
        all.addAll(modifiers);
        all.addAll(List.of(more));
        return new ArgumentType(kind, all, size, btfTypes);
    }

    ArgumentType orNull() {
        return with(TypeModifier.OR_NULL);
    }

    ArgumentType releasing() {
        return with(TypeModifier.RELEASE);
    }

    ArgumentType readOnly() {
        return with(TypeModifier.RDONLY);
    }

    ArgumentType written() {
        return with(TypeModifier.WRITE);
    }

    /** Filled by the call: it may be uninitialised before. */
    ArgumentType filled() {
        return with(TypeModifier.UNINIT, TypeModifier.WRITE);
    }

    ArgumentType aligned() {
        return with(TypeModifier.ALIGNED);
    }

    ArgumentType ofSize(int bytes) {
        return new ArgumentType(kind, with(TypeModifier.FIXED_SIZE).modifiers, bytes, btfTypes);
    }
}
