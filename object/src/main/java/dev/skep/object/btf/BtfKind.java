package dev.skep.object.btf;

import java.util.Optional;

/**
 * {@code BTF_KIND_*} of linux/btf.h: the ordinal is the number in the file, the label the name after the prefix.
 *
 * <p>Every type starts with the 12 bytes of {@code struct btf_type}; a kind adds {@link #trailerBytes()} once and
 * {@link #entryBytes()} for each of the {@code vlen} entries.
 */
public enum BtfKind {
    UNKN(0, 0),
    INT(4, 0),
    PTR(0, 0),
    ARRAY(12, 0),
    STRUCT(0, 12),
    UNION(0, 12),
    ENUM(0, 8),
    FWD(0, 0),
    TYPEDEF(0, 0),
    VOLATILE(0, 0),
    CONST(0, 0),
    RESTRICT(0, 0),
    FUNC(0, 0),
    FUNC_PROTO(0, 8),
    VAR(4, 0),
    DATASEC(0, 12),
    FLOAT(0, 0),
    DECL_TAG(4, 0),
    TYPE_TAG(0, 0),
    ENUM64(0, 12);

    private static final BtfKind[] KINDS = values();

    private final int trailerBytes;
    private final int entryBytes;

    BtfKind(int trailerBytes, int entryBytes) {
        this.trailerBytes = trailerBytes;
        this.entryBytes = entryBytes;
    }

    /** The kind with this number, if there is one; 0 is {@link #UNKN}. */
    public static Optional<BtfKind> of(int number) {
        return number >= 0 && number < KINDS.length ? Optional.of(KINDS[number]) : Optional.empty();
    }

    /** The kind of a decoded type; {@link #UNKN} for void. */
    public static BtfKind of(BtfType type) {
        return KINDS[type.kind()];
    }

    /** Bytes that follow {@code struct btf_type} once. */
    int trailerBytes() {
        return trailerBytes;
    }

    /** Bytes of each entry: member, enumerator, parameter, section variable. 0 if the kind has none. */
    int entryBytes() {
        return entryBytes;
    }

    /** Can be the type of a value, a member, a parameter or what a pointer points to: everything but declarations. */
    boolean isDataType() {
        return switch (this) {
            case FUNC, VAR, DATASEC, DECL_TAG -> false;
            default -> true;
        };
    }
}
