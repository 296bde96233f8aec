package dev.skep.object.core;

import dev.skep.object.btf.BtfType;
import java.util.List;

/**
 * {@code bpf_core_type_matches}: whether a type of the target has all that the program's declares, name by name (libbpf,
 * {@code __bpf_core_types_match}).
 *
 * <p>Typedefs and qualifiers do not count. Integers agree in size and sign, arrays in length; structs and unions have the
 * local one's members, which match in turn; enums have the same size and the local one's names, not their values. Behind a
 * pointer only name and kind of a struct are compared, and a forward declaration will do.
 */
final class TypeMatch {
    private static final int MAX_DEPTH = 32;

    private final TypeSpace local;
    private final TypeSpace target;
    private final ComparisonBudget budget = new ComparisonBudget();

    TypeMatch(TypeSpace local, TypeSpace target) {
        this.local = local;
        this.target = target;
    }

    /** @throws CoreFailure if the types nest too deeply */
    boolean matches(int localId, int targetId) {
        return matches(localId, targetId, false, MAX_DEPTH);
    }

    private boolean matches(int localId, int targetId, boolean behindPointer, int level) {
        if (level <= 0) {
            throw tooDeep();
        }
        int one = localId;
        int other = targetId;
        boolean pointed = behindPointer;
        for (int depth = 0; depth < MAX_DEPTH; depth++) {
            budget.spend();
            BtfType a = local.stripped(one);
            BtfType b = target.stripped(other);
            if (!namesMatch(a.name(), b.name())) {
                return false;
            }
            switch (a) {
                case BtfType.Pointer t
                when b instanceof BtfType.Pointer u -> {
                    pointed = true;
                    one = t.target();
                    other = u.target();
                }
                case BtfType.Array t
                when b instanceof BtfType.Array u && t.length() == u.length() -> {
                    one = t.element();
                    other = u.element();
                }
                case BtfType.FunctionPrototype t
                when b instanceof BtfType.FunctionPrototype u -> {
                    if (!parametersMatch(t.parameters(), u.parameters(), pointed, level)) {
                        return false;
                    }
                    one = t.returnType();
                    other = u.returnType();
                }
                default -> {
                    return leavesMatch(a, b, pointed, level);
                }
            }
        }
        throw tooDeep();
    }

    private boolean leavesMatch(BtfType one, BtfType other, boolean behindPointer, int level) {
        return switch (one) {
            case BtfType.Void t -> other instanceof BtfType.Void;
            case BtfType.Int t -> other instanceof BtfType.Int u && t.size() == u.size() && t.signed() == u.signed();
            case BtfType.Enumeration t -> other instanceof BtfType.Enumeration u && enumerationsMatch(t, u);
            case BtfType.Forward t ->
                switch (other) {
                    case BtfType.Forward u -> t.union() == u.union();
                    case BtfType.Composite u -> behindPointer && t.union() == u.union();
                    default -> false;
                };
            case BtfType.Composite t ->
                switch (other) {
                    case BtfType.Composite u -> t.union() == u.union() && (behindPointer || membersMatch(t, u, level));
                    case BtfType.Forward u -> behindPointer && t.union() == u.union();
                    default -> false;
                };
            default -> false;
        };
    }

    private boolean membersMatch(BtfType.Composite one, BtfType.Composite other, int level) {
        if (one.members().size() > other.members().size()) {
            return false;
        }
        return one.members().stream()
                .allMatch(member -> other.members().stream().anyMatch(candidate -> {
                    budget.spend();
                    return namesMatch(member.name(), candidate.name())
                            && matches(member.type(), candidate.type(), false, level - 1);
                }));
    }

    private boolean enumerationsMatch(BtfType.Enumeration one, BtfType.Enumeration other) {
        if (one.size() != other.size()
                || one.enumerators().size() > other.enumerators().size()) {
            return false;
        }
        return one.enumerators().stream()
                .allMatch(wanted -> other.enumerators().stream().anyMatch(candidate -> {
                    budget.spend();
                    return namesMatch(wanted.name(), candidate.name());
                }));
    }

    private boolean parametersMatch(
            List<BtfType.Parameter> one, List<BtfType.Parameter> other, boolean behindPointer, int level) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!matches(one.get(i).type(), other.get(i).type(), behindPointer, level - 1)) {
                return false;
            }
        }
        return true;
    }

    /** Anonymous types match anonymous ones; names match but for their flavour. */
    private static boolean namesMatch(String one, String other) {
        return other.isEmpty() ? one.isEmpty() : EssentialName.same(one, other);
    }

    private static CoreFailure tooDeep() {
        return new CoreFailure("a type is nested more than " + MAX_DEPTH + " levels deep", "simplify the type");
    }
}
