package dev.skep.object.core;

import dev.skep.object.btf.CoreRelocationKind;

/** The three families of relocation kinds: what they are about. */
enum RelocationGroup {
    FIELD,
    TYPE,
    ENUMERATOR;

    static RelocationGroup of(CoreRelocationKind kind) {
        return switch (kind) {
            case FIELD_BYTE_OFFSET, FIELD_BYTE_SIZE, FIELD_EXISTS, FIELD_SIGNED, FIELD_LSHIFT_U64, FIELD_RSHIFT_U64 ->
                FIELD;
            case TYPE_ID_LOCAL, TYPE_ID_TARGET, TYPE_EXISTS, TYPE_SIZE, TYPE_MATCHES -> TYPE;
            case ENUMERATOR_EXISTS, ENUMERATOR_VALUE -> ENUMERATOR;
        };
    }
}
