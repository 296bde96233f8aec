package dev.skep.verifier.program;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.value.KernelType;
import java.util.List;
import java.util.Optional;

/** The kernel's fields in types of the program's own, which {@code bpf_obj_new} makes objects of ({@code btf_parse_struct_metas}). */
public final class SpecialFields {
    private SpecialFields() {}

    /**
     * The fields of a struct, ascending by offset; none if it is no struct or its fields are wrong.
     *
     * @param kernel the kernel's types, if they are known: pointers in the struct may be to objects of the kernel's
     */
    public static List<SpecialField> of(KernelType type, Optional<Btf> kernel) {
        if (!(type.btf().type(type.id()) instanceof BtfType.Composite composite) || composite.union()) {
            return List.of();
        }
        try {
            return SpecialFieldReader.readObject(type, kernel);
        } catch (Refusal wrong) {
            return List.of();
        }
    }
}
