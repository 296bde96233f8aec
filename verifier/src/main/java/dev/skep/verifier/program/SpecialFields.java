package dev.skep.verifier.program;

import dev.skep.object.btf.BtfType;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.value.KernelType;
import java.util.List;

/** The kernel's fields in types of the program's own, which {@code bpf_obj_new} makes objects of ({@code btf_parse_struct_metas}). */
public final class SpecialFields {
    private SpecialFields() {}

    /** The fields of a struct, ascending by offset; none if it is no struct or its fields are wrong. */
    public static List<SpecialField> of(KernelType type) {
        if (!(type.btf().type(type.id()) instanceof BtfType.Composite composite) || composite.union()) {
            return List.of();
        }
        try {
            return SpecialFieldReader.readObject(type);
        } catch (Refusal wrong) {
            return List.of();
        }
    }
}
