package dev.skep.verifier.kernel;

import dev.skep.verifier.kernel.ReturnType.Kind;

/** Names for what helpers return, for the tables of prototypes; those that return a number say nothing. */
final class Results {
    static final ReturnType VOID = ReturnType.of(Kind.VOID);

    /** The value of the map in another argument. */
    static final ReturnType VALUE = ReturnType.of(Kind.MAP_VALUE);

    static final ReturnType A_SOCKET = ReturnType.of(Kind.SOCKET);
    static final ReturnType A_SOCK_COMMON = ReturnType.of(Kind.SOCK_COMMON);
    static final ReturnType A_TCP_SOCK = ReturnType.of(Kind.TCP_SOCK);

    /** Memory of the size given. */
    static final ReturnType ALLOCATED = ReturnType.of(Kind.MEM);

    /** A variable of the kernel. */
    static final ReturnType VARIABLE = ReturnType.of(Kind.MEM_OR_BTF_ID);

    /** A kernel object whose type depends on the arguments. */
    static final ReturnType AN_OBJECT = ReturnType.of(Kind.BTF_ID);

    private Results() {}

    /** A kernel object of this type. */
    static ReturnType pointer(String btfType) {
        return ReturnType.pointer(btfType);
    }
}
