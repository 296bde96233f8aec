package dev.skep.verifier.kernel;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a helper returns: {@code enum bpf_return_type} of include/linux/bpf.h, taken apart.
 *
 * @param btfType the kernel structure that is pointed to, for {@link Kind#BTF_ID}; empty where it depends on the arguments
 */
public record ReturnType(Kind kind, Set<TypeModifier> modifiers, Optional<String> btfType) {
    /** The base type: {@code RET_...} without its modifiers. */
    public enum Kind {
        INTEGER,
        VOID,
        MAP_VALUE,
        SOCKET,
        TCP_SOCK,
        SOCK_COMMON,
        /** Memory, of the size given in an argument of kind CONST_ALLOC_SIZE_OR_ZERO. */
        MEM,
        /** A per-cpu variable of the kernel: memory if it is a number, else its structure. */
        MEM_OR_BTF_ID,
        BTF_ID
    }

    public ReturnType {
        modifiers = modifiers.isEmpty() ? Set.of() : Set.copyOf(modifiers);
    }

    static ReturnType of(Kind kind) {
        return new ReturnType(kind, Set.of(), Optional.empty());
    }

    static ReturnType pointer(String btfType) {
        return new ReturnType(Kind.BTF_ID, Set.of(), Optional.of(btfType));
    }

    /** Whether it has this modifier. */
    public boolean is(TypeModifier modifier) {
        return modifiers.contains(modifier);
    }

    ReturnType with(TypeModifier... more) {
        EnumSet<TypeModifier> all = EnumSet.noneOf(TypeModifier.class);
        all.addAll(modifiers);
        all.addAll(List.of(more));
        return new ReturnType(kind, all, btfType);
    }

    ReturnType orNull() {
        return with(TypeModifier.OR_NULL);
    }
}
