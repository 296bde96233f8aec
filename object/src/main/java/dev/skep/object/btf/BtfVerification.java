package dev.skep.object.btf;

import dev.skep.object.InputException;
import java.util.function.IntPredicate;

/**
 * Checks what types say about each other, as the kernel does when BTF is loaded (kernel/bpf/btf.c): every reference leads
 * to a kind that makes sense there, and none leads round in a circle. C's own circles go through a pointer inside a struct
 * or union; all others are errors: a struct that contains itself, a typedef of itself, a pointer to itself.
 */
final class BtfVerification {
    private final Btf btf;
    private final int first;

    BtfVerification(Btf btf) {
        this.btf = btf;
        this.first = btf.firstId();
    }

    /** @throws InputException naming the first type that is wrong */
    void run() {
        for (int id = first; id < btf.typeCount(); id++) {
            checkReferences(id, btf.type(id));
        }
        new ReferenceCycles(btf, BtfVerification::refersWithoutName).check("refers to itself");
        new ReferenceCycles(btf, BtfVerification::contains).check("contains itself");
    }

    private void checkReferences(int id, BtfType type) {
        switch (type) {
            case BtfType.Function t -> {
                if (btf.kind(t.prototype()) != BtfKind.FUNC_PROTO) {
                    throw wrong(id, "has type " + t.prototype() + ", which is no function prototype");
                }
            }
            case BtfType.DataSection t -> {
                for (BtfType.SectionVariable variable : t.variables()) {
                    require(
                            id,
                            variable.type(),
                            kind -> kind == BtfKind.VAR.ordinal() || kind == BtfKind.FUNC.ordinal());
                }
            }
            case BtfType.DeclarationTag t -> require(id, t.target(), BtfVerification::canBeTagged);
            default -> TypeReferences.forEach(type, target -> require(id, target, BtfVerification::isDataType));
        }
    }

    private void require(int id, int target, IntPredicate allowed) {
        BtfKind kind = btf.kind(target);
        if (!allowed.test(kind.ordinal())) {
            throw wrong(id, "refers to type " + target + ", which is a " + kind);
        }
    }

    private static boolean isDataType(int kind) {
        return BtfKind.of(kind).orElseThrow().isDataType();
    }

    private static boolean canBeTagged(int kind) {
        return switch (BtfKind.of(kind).orElseThrow()) {
            case STRUCT, UNION, TYPEDEF, FUNC, VAR -> true;
            default -> false;
        };
    }

    private static boolean refersWithoutName(BtfKind kind) {
        return switch (kind) {
            case PTR, ARRAY, TYPEDEF, VOLATILE, CONST, RESTRICT, TYPE_TAG, FUNC_PROTO -> true;
            default -> false;
        };
    }

    private static boolean contains(BtfKind kind) {
        return switch (kind) {
            case ARRAY, STRUCT, UNION, TYPEDEF, VOLATILE, CONST, RESTRICT, TYPE_TAG -> true;
            default -> false;
        };
    }

    private InputException wrong(int id, String problem) {
        return new InputException(
                btf.where().at(btf.offset(id)), "BTF type " + id + " (" + btf.kind(id) + ") " + problem, "");
    }
}
