package dev.skep.object.core;

import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.CoreRelocationKind;
import java.util.Optional;

/** From what a relocation means in the program and in the target to the numbers it exchanges (libbpf, {@code bpf_core_calc_relo}). */
final class PatchComputation {
    private PatchComputation() {}

    /**
     * @param target empty if no candidate has what the program means
     * @throws CoreFailure if the number cannot be computed
     */
    static Patch of(AccessSpec local, Optional<AccessSpec> target) {
        return switch (RelocationGroup.of(local.kind())) {
            case FIELD -> field(local, target);
            case TYPE -> type(local, target);
            case ENUMERATOR -> enumerator(local, target);
        };
    }

    private static Patch field(AccessSpec local, Optional<AccessSpec> target) {
        CoreRelocationKind kind = local.kind();
        if (kind == CoreRelocationKind.FIELD_EXISTS) {
            return Patch.of(1, target.isPresent() ? 1 : 0, true);
        }
        if (local.last() instanceof AccessSpec.Element
                && kind != CoreRelocationKind.FIELD_BYTE_OFFSET
                && kind != CoreRelocationKind.FIELD_BYTE_SIZE) {
            throw new CoreFailure(
                    "relocation " + kind.label() + " of the array element " + local.subject(),
                    "elements have a byte offset and a size only; ask for the array's other properties");
        }
        FieldLayout from = FieldLayout.of(local);
        // Compilers choose other loads for bitfields than libbpf, except that sign and width are always the same.
        boolean checked = !from.bitfield()
                || kind == CoreRelocationKind.FIELD_SIGNED
                || kind == CoreRelocationKind.FIELD_RSHIFT_U64;
        if (target.isEmpty()) {
            return Patch.poison(from.value(kind));
        }
        FieldLayout to = FieldLayout.of(target.get());
        return new Patch(
                from.value(kind),
                to.value(kind),
                false,
                checked,
                from.accessSize(),
                to.accessSize(),
                resizable(
                        local.space().type(from.accessType()),
                        target.get().space().type(to.accessType())));
    }

    /** Pointers and unsigned integers are zero-extended by a shorter load, so reading them with the target's size is right. */
    private static boolean resizable(BtfType from, BtfType to) {
        if (from instanceof BtfType.Pointer && to instanceof BtfType.Pointer) {
            return true;
        }
        return from instanceof BtfType.Int one && to instanceof BtfType.Int other && !isSigned(one) && !isSigned(other);
    }

    /** libbpf compares the whole encoding, so a signed character or boolean does not count as signed. */
    private static boolean isSigned(BtfType.Int type) {
        return type.signed() && !type.character() && !type.bool();
    }

    private static Patch type(AccessSpec local, Optional<AccessSpec> target) {
        // Type ids change when objects are linked, so what the compiler wrote says nothing.
        boolean checked = local.kind() != CoreRelocationKind.TYPE_ID_TARGET;
        return Patch.of(
                typeValue(local), target.map(PatchComputation::typeValue).orElse(0L), checked);
    }

    private static long typeValue(AccessSpec spec) {
        return switch (spec.kind()) {
            case TYPE_ID_LOCAL, TYPE_ID_TARGET -> spec.rootId();
            case TYPE_SIZE -> spec.space().size(spec.rootId());
            default -> 1;
        };
    }

    private static Patch enumerator(AccessSpec local, Optional<AccessSpec> target) {
        if (local.kind() == CoreRelocationKind.ENUMERATOR_EXISTS) {
            return Patch.of(1, target.isPresent() ? 1 : 0, true);
        }
        long oldValue = enumeratorValue(local);
        return target.map(spec -> Patch.of(oldValue, enumeratorValue(spec), true))
                .orElseGet(() -> Patch.poison(oldValue));
    }

    /** libbpf sign-extends every value of a 32-bit enum, unsigned ones too, since {@code struct btf_enum} holds an __s32. */
    private static long enumeratorValue(AccessSpec spec) {
        BtfType.Enumeration enumeration =
                (BtfType.Enumeration) spec.space().type(spec.last().typeId());
        long value = enumeration.enumerators().get(spec.last().index()).value();
        return enumeration.wide() ? value : (int) value;
    }
}
