package dev.skep.object.core;

import dev.skep.object.btf.Btf;

/** Whether something of the kernel is what a program takes it for: the rule by which libbpf resolves {@code __ksym} externs. */
public final class Signatures {
    private Signatures() {}

    /**
     * Compares by kinds of types, as for CO-RE (libbpf, {@code bpf_core_types_are_compat}): names and sizes may differ, numbers and kinds of
     * parameters may not.
     *
     * @param programType id of a prototype or of a variable's type in {@code program}
     * @param targetType its counterpart in the target
     */
    public static boolean agree(Btf program, int programType, CoreTarget target, int targetType) {
        try {
            return new TypeCompatibility(TypeSpace.ofProgram(program), TypeSpace.of(target))
                    .types(programType, targetType);
        } catch (CoreFailure e) { // nested deeper than anybody compares
            return false;
        }
    }
}
