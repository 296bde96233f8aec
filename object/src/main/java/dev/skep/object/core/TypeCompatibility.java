package dev.skep.object.core;

import dev.skep.object.btf.BtfKind;
import dev.skep.object.btf.BtfType;
import java.util.List;

/**
 * Whether a type of the target may stand for one of the program, where only the kind of type matters: the rule for fields
 * (libbpf, {@code bpf_core_fields_are_compat}) and the one for whole types ({@code __bpf_core_types_are_compat}).
 */
final class TypeCompatibility {
    /** How many pointers and arrays are looked through, and how deep prototypes nest. */
    private static final int MAX_DEPTH = 32;

    private final TypeSpace local;
    private final TypeSpace target;
    private final ComparisonBudget budget = new ComparisonBudget();

    TypeCompatibility(TypeSpace local, TypeSpace target) {
        this.local = local;
        this.target = target;
    }

    /** Equal kinds; an {@code enum} and an {@code enum64} count as equal (libbpf, {@code btf_kind_core_compat}). */
    static boolean sameKind(BtfKind one, BtfKind other) {
        return one == other || (isEnum(one) && isEnum(other));
    }

    private static boolean sameKind(BtfType one, BtfType other) {
        return sameKind(BtfKind.of(one), BtfKind.of(other));
    }

    private static boolean isEnum(BtfKind kind) {
        return kind == BtfKind.ENUM || kind == BtfKind.ENUM64;
    }

    /**
     * The rule for fields: structs and unions are all alike, so are pointers, so are integers whatever their size; enums and
     * forward declarations must agree in name unless one has none; arrays are as their elements are.
     */
    boolean fields(int localId, int targetId) {
        BtfType one = local.stripped(localId);
        BtfType other = target.stripped(targetId);
        for (int depth = 0; one instanceof BtfType.Array a && other instanceof BtfType.Array b; depth++) {
            if (depth == MAX_DEPTH) {
                throw new CoreFailure("an array has more than " + MAX_DEPTH + " dimensions", "simplify the type");
            }
            one = local.stripped(a.element());
            other = target.stripped(b.element());
        }
        if (one instanceof BtfType.Composite && other instanceof BtfType.Composite) {
            return true;
        }
        if (!sameKind(one, other)) {
            return false;
        }
        return switch (one) {
            case BtfType.Pointer t -> true;
            case BtfType.Float t -> true;
            case BtfType.Int t -> t.offset() == 0 && ((BtfType.Int) other).offset() == 0;
            case BtfType.Enumeration t -> namesAgree(t, other);
            case BtfType.Forward t -> namesAgree(t, other);
            default -> false;
        };
    }

    private static boolean namesAgree(BtfType one, BtfType other) {
        return one.name().isEmpty() || other.name().isEmpty() || EssentialName.same(one.name(), other.name());
    }

    /** The rule for whole types, whose names have been found to agree. @throws CoreFailure if they nest too deeply */
    boolean types(int localId, int targetId) {
        return types(localId, targetId, MAX_DEPTH);
    }

    private boolean types(int localId, int targetId, int level) {
        if (!sameKind(local.type(localId), target.type(targetId))) {
            return false;
        }
        int one = localId;
        int other = targetId;
        for (int depth = 0; depth < MAX_DEPTH; depth++) {
            budget.spend();
            BtfType a = local.stripped(one);
            BtfType b = target.stripped(other);
            if (!sameKind(a, b)) {
                return false;
            }
            switch (a) {
                case BtfType.Void t -> {
                    return true;
                }
                case BtfType.Composite t -> {
                    return true;
                }
                case BtfType.Enumeration t -> {
                    return true;
                }
                case BtfType.Forward t -> {
                    return true;
                }
                case BtfType.Int t -> {
                    return t.offset() == 0 && ((BtfType.Int) b).offset() == 0;
                }
                case BtfType.Pointer t -> {
                    one = t.target();
                    other = ((BtfType.Pointer) b).target();
                }
                case BtfType.Array t -> {
                    one = t.element();
                    other = ((BtfType.Array) b).element();
                }
                case BtfType.FunctionPrototype t -> {
                    BtfType.FunctionPrototype u = (BtfType.FunctionPrototype) b;
                    if (!parameters(t.parameters(), u.parameters(), level)) {
                        return false;
                    }
                    one = local.strip(t.returnType());
                    other = target.strip(u.returnType());
                }
                default -> {
                    return false;
                }
            }
        }
        throw new CoreFailure("a type is nested more than " + MAX_DEPTH + " levels deep", "simplify the type");
    }

    private boolean parameters(List<BtfType.Parameter> one, List<BtfType.Parameter> other, int level) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (level <= 0) {
                throw new CoreFailure("prototypes nest more than " + MAX_DEPTH + " levels deep", "simplify the type");
            }
            if (!types(local.strip(one.get(i).type()), target.strip(other.get(i).type()), level - 1)) {
                return false;
            }
        }
        return true;
    }
}
