package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
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

    static boolean startsWith(KernelType type, long offset, KernelType wanted) {
        Btf btf = type.btf();
        int id = type.id();
        long rest = offset;
        while (true) {
            if (rest == 0 && new KernelType(btf, id).equals(wanted)) {
                return true;
            }
            if (!(btf.type(id) instanceof BtfType.Composite composite) || composite.union()) {
                return false;
            }
            long at = rest;
            Optional<BtfType.Member> member = composite.members().stream()
                    .filter(m -> m.bitfieldSize() == 0 && m.bitOffset() / 8 <= at)
                    .reduce((before, after) -> after.bitOffset() > before.bitOffset() ? after : before);
            if (member.isEmpty()) {
                return false;
            }
            rest -= member.get().bitOffset() / 8;
            id = btf.strip(member.get().type());
        }
    }
}
