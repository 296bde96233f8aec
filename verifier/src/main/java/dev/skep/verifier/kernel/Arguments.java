package dev.skep.verifier.kernel;

import dev.skep.verifier.kernel.ArgumentType.Kind;
import java.util.List;
import java.util.Set;

/** Names for what helpers take, for the tables of prototypes. */
final class Arguments {
    static final ArgumentType ANYTHING = ArgumentType.of(Kind.ANYTHING);
    static final ArgumentType CTX = ArgumentType.of(Kind.CTX);
    static final ArgumentType MAP = ArgumentType.of(Kind.CONST_MAP_PTR);
    static final ArgumentType MAP_KEY = ArgumentType.of(Kind.MAP_KEY);
    static final ArgumentType MAP_VALUE = ArgumentType.of(Kind.MAP_VALUE);

    /** {@code ARG_PTR_TO_MEM}: initialised, and the helper may not say whether it writes to it. */
    static final ArgumentType MEMORY = ArgumentType.of(Kind.MEM);

    /** {@code ARG_PTR_TO_MEM | MEM_RDONLY}. */
    static final ArgumentType INPUT = MEMORY.readOnly();

    /** {@code ARG_PTR_TO_UNINIT_MEM}. */
    static final ArgumentType OUTPUT = MEMORY.filled();

    static final ArgumentType SIZE = ArgumentType.of(Kind.CONST_SIZE);
    static final ArgumentType SIZE_OR_ZERO = ArgumentType.of(Kind.CONST_SIZE_OR_ZERO);

    /** The size of what is returned. */
    static final ArgumentType ALLOCATED_SIZE = ArgumentType.of(Kind.CONST_ALLOC_SIZE_OR_ZERO);

    static final ArgumentType STRING = ArgumentType.of(Kind.CONST_STR);
    static final ArgumentType FUNCTION = ArgumentType.of(Kind.FUNC);
    static final ArgumentType STACK = ArgumentType.of(Kind.STACK);
    static final ArgumentType SPIN_LOCK = ArgumentType.of(Kind.SPIN_LOCK);
    static final ArgumentType TIMER = ArgumentType.of(Kind.TIMER);
    static final ArgumentType KPTR_FIELD = ArgumentType.of(Kind.KPTR_XCHG_DEST);
    static final ArgumentType PER_CPU_VARIABLE = ArgumentType.of(Kind.PERCPU_BTF_ID);

    /** A record reserved in a ring buffer. */
    static final ArgumentType RECORD = ArgumentType.of(Kind.RINGBUF_MEM);

    static final ArgumentType DYNPTR = ArgumentType.of(Kind.DYNPTR);
    static final ArgumentType LOCAL_DYNPTR = DYNPTR.with(TypeModifier.DYNPTR_LOCAL);
    static final ArgumentType RECORD_DYNPTR = DYNPTR.with(TypeModifier.DYNPTR_RINGBUF);

    static final ArgumentType SOCKET = ArgumentType.of(Kind.SOCKET);
    static final ArgumentType SOCK_COMMON = ArgumentType.of(Kind.SOCK_COMMON);

    /** {@code ARG_PTR_TO_BTF_ID_SOCK_COMMON}. */
    static final ArgumentType SOCK = new ArgumentType(Kind.BTF_ID_SOCK_COMMON, Set.of(), 0, List.of("sock_common"));

    /** A kernel object whose type depends on the other arguments: {@code BPF_PTR_POISON}. */
    static final ArgumentType ANY_OBJECT = ArgumentType.of(Kind.BTF_ID);

    private Arguments() {}

    /** A kernel object of this type. */
    static ArgumentType object(String btfType) {
        return new ArgumentType(Kind.BTF_ID, Set.of(), 0, List.of(btfType));
    }
}
