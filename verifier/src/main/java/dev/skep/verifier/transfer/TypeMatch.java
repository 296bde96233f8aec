package dev.skep.verifier.transfer;

import dev.skep.verifier.value.KernelType;
import java.util.Optional;

/** Whether an object, or what lies in it at an offset, is of a type ({@code btf_struct_ids_match}). */
final class TypeMatch {
    private TypeMatch() {}

    /** True if {@code type} has a {@code wanted} at {@code offset}, itself or as a first member of a member there. */
    static boolean startsWith(Environment environment, KernelType type, long offset, String wanted) {
        Optional<KernelType> target = KernelTypes.named(environment, wanted);
        return target.isPresent() && startsWith(type, offset, target.get());
    }

    /** As {@link #startsWith(Environment, KernelType, long, String)}, of a type at hand. */
    static boolean startsWith(KernelType type, long offset, KernelType wanted) {
        if (offset == 0 && type.equals(wanted)) {
            return true;
        }
        if (offset < 0 || !sameTypes(type, wanted)) {
            return false;
        }
        StructureWalk walk = new StructureWalk(type.btf(), true);
        StructureWalk.Found found = walk.step(type.id(), offset, 1);
        while (found instanceof StructureWalk.Found.Nested nested) {
            if (nested.type() == wanted.id()) {
                return true;
            }
            found = walk.step(nested.type(), 0, 1);
        }
        return false;
    }

    @SuppressWarnings("ReferenceEquality") // comparing two kernels' types by content would take seconds
    private static boolean sameTypes(KernelType one, KernelType other) {
        return one.btf() == other.btf();
    }
}
