package dev.skep.object.btf;

import java.util.Optional;

/** {@code enum bpf_core_relo_kind} of linux/bpf.h; the ordinal is the number in the file. */
public enum CoreRelocationKind {
    FIELD_BYTE_OFFSET("byte_off"),
    FIELD_BYTE_SIZE("byte_sz"),
    FIELD_EXISTS("field_exists"),
    FIELD_SIGNED("signed"),
    FIELD_LSHIFT_U64("lshift_u64"),
    FIELD_RSHIFT_U64("rshift_u64"),
    TYPE_ID_LOCAL("local_type_id"),
    TYPE_ID_TARGET("target_type_id"),
    TYPE_EXISTS("type_exists"),
    TYPE_SIZE("type_size"),
    ENUMERATOR_EXISTS("enumval_exists"),
    ENUMERATOR_VALUE("enumval_value"),
    TYPE_MATCHES("type_matches");

    private final String label;

    CoreRelocationKind(String label) {
        this.label = label;
    }

    /** The kind with this number, if there is one. */
    public static Optional<CoreRelocationKind> of(int number) {
        CoreRelocationKind[] kinds = values();
        return number >= 0 && number < kinds.length ? Optional.of(kinds[number]) : Optional.empty();
    }

    /** The word libbpf's log uses for it. */
    public String label() {
        return label;
    }
}
