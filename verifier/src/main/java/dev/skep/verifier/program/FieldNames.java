package dev.skep.verifier.program;

import dev.skep.verifier.program.SpecialField.Kind;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The structs that make a member a field of the kernel's ({@code btf_get_field_type}). */
final class FieldNames {
    private static final Map<String, Kind> BY_TYPE = Arrays.stream(Kind.values())
            .filter(kind -> !kind.isKptr())
            .collect(Collectors.toUnmodifiableMap(Kind::typeName, Function.identity()));

    private FieldNames() {}

    /** What a member of the struct of this name is. */
    static Optional<Kind> kindOf(String structure) {
        return Optional.ofNullable(BY_TYPE.get(structure));
    }

    /** Bytes that the field's offset must be a multiple of ({@code btf_field_type_align}). */
    static int alignment(Kind kind) {
        return switch (kind) {
            case SPIN_LOCK, RES_SPIN_LOCK, REFCOUNT -> 4;
            case TIMER, WORKQUEUE, TASK_WORK, KPTR_UNTRUSTED, KPTR_REF, KPTR_PERCPU, USER_POINTER -> 8;
            case LIST_HEAD, LIST_NODE, RB_ROOT, RB_NODE -> 8;
        };
    }
}
