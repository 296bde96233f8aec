package dev.skep.object.core;

import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.CoreRelocationKind;
import java.util.List;

/**
 * What a relocation speaks of, within one set of types: a type, a field of it, or an enumerator (libbpf,
 * {@code struct bpf_core_spec}).
 *
 * @param space the types that ids refer to
 * @param rootId the type as the program names it, typedefs included
 * @param steps how the field is reached: named members and array indices; anonymous structs and unions leave no step. Of an
 *     enumerator the one step that names it; of a type none
 * @param indices every index, anonymous members included: the access string's numbers
 * @param bitOffset of the field from the start of the root type, in bits
 */
record AccessSpec(
        TypeSpace space, int rootId, CoreRelocationKind kind, List<Step> steps, List<Integer> indices, long bitOffset) {

    /** The most indices a specification may have: libbpf's {@code BPF_CORE_SPEC_MAX_LEN}. */
    static final int MAX_INDICES = 64;

    AccessSpec {
        steps = List.copyOf(steps);
        indices = List.copyOf(indices);
    }

    /** From a type to something inside it. */
    sealed interface Step {
        /** The composite or enumeration that has the member, or the type of the array's elements. */
        int typeId();

        /** Which member, enumerator or element. */
        int index();
    }

    /** To a named member or enumerator. */
    record Named(int typeId, int index, String name) implements Step {}

    /** To an element of an array, or of the memory the root pointer points to. */
    record Element(int typeId, int index) implements Step {}

    /** The last step: the field itself. */
    Step last() {
        return steps.getLast();
    }

    /** The type and, if any, the field: {@code struct sock.__sk_common.skc_num}, {@code enum bpf_map_type::BPF_MAP_TYPE_HASH}. */
    String subject() {
        StringBuilder text = new StringBuilder(TypeText.of(space.type(rootId)));
        if (RelocationGroup.of(kind) == RelocationGroup.ENUMERATOR) {
            return last() instanceof Named named
                    ? text.append("::").append(named.name()).toString()
                    : text.toString();
        }
        for (Step step : steps) {
            switch (step) {
                case Named named -> text.append('.').append(named.name());
                case Element element -> text.append('[').append(element.index()).append(']');
            }
        }
        // p->x is p[0].x, and nobody writes it so.
        String full = text.toString();
        return steps.isEmpty() || steps.getFirst().index() != 0 ? full : full.replaceFirst("\\[0]", "");
    }

    /** As libbpf's log writes it: {@code <byte_off> [7] struct sock.sk_family (0:3:1 @ offset 16)}. */
    String text() {
        return "<" + kind.label() + "> " + place();
    }

    /** {@link #text} without the question: {@code [7] struct sock.sk_family (0:3:1 @ offset 16)}. */
    String place() {
        String head = "[" + rootId + "] " + subject();
        return switch (RelocationGroup.of(kind)) {
            case TYPE -> head;
            case ENUMERATOR -> head + " = " + enumeratorText();
            case FIELD -> {
                String path =
                        String.join(":", indices.stream().map(String::valueOf).toList());
                String bits = bitOffset % 8 == 0 ? "" : "." + bitOffset % 8;
                yield head + " (" + path + " @ offset " + bitOffset / 8 + bits + ")";
            }
        };
    }

    private String enumeratorText() {
        BtfType.Enumeration enumeration = (BtfType.Enumeration) space.stripped(rootId);
        long value = enumeration.enumerators().get(last().index()).value();
        return enumeration.signed() ? Long.toString(value) : Long.toUnsignedString(value);
    }
}
