package dev.skep.object.link;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares types of two objects as a linker may (libbpf's {@code glob_sym_btf_matches}): qualifiers and typedefs do not count, nor
 * lengths of arrays, signs of integers, values of enumerations, names of parameters. Behind a pointer only the kind and name of a
 * struct count, and a forward declaration will do.
 */
final class TypeMatch {
    private static final int DEEPEST = 64;

    private final Btf first;
    private final Btf second;
    /** Pairs that are compared already or right now: types may lead back to themselves. */
    private final Set<Pair> seen = new HashSet<>();

    private record Pair(int first, int second, boolean exact) {}

    TypeMatch(Btf first, Btf second) {
        this.first = first;
        this.second = second;
    }

    /** What is different, for a person to read; empty if the types match. */
    Optional<String> difference(int firstId, int secondId) {
        return difference(firstId, secondId, true, 0);
    }

    /** @param exact false behind a pointer */
    private Optional<String> difference(int firstId, int secondId, boolean exact, int depth) {
        int one = first.strip(firstId);
        int other = second.strip(secondId);
        if (depth > DEEPEST || !seen.add(new Pair(one, other, exact))) {
            return Optional.empty();
        }
        BtfType a = first.type(one);
        BtfType b = second.type(other);
        if (!exact && a instanceof BtfType.Forward != b instanceof BtfType.Forward) {
            return a instanceof BtfType.Forward forward
                    ? forwardDifference(forward, b)
                    : forwardDifference((BtfType.Forward) b, a);
        }
        if (a.kind() != b.kind()) {
            return Optional.of("'" + text(a) + "' and '" + text(b) + "' are of different kinds");
        }
        return switch (a) {
            case BtfType.Int t -> sizes(a, t.size(), b, ((BtfType.Int) b).size());
            case BtfType.Float t -> sizes(a, t.size(), b, ((BtfType.Float) b).size());
            case BtfType.Enumeration t -> names(a, b).or(() -> sizes(a, t.size(), b, ((BtfType.Enumeration) b).size()));
            case BtfType.Forward _ -> names(a, b);
            case BtfType.Pointer t -> difference(t.target(), ((BtfType.Pointer) b).target(), false, depth + 1);
            case BtfType.Array t -> difference(t.element(), ((BtfType.Array) b).element(), exact, depth + 1);
            case BtfType.Variable t -> difference(t.type(), ((BtfType.Variable) b).type(), exact, depth + 1);
            case BtfType.Function t -> difference(t.prototype(), ((BtfType.Function) b).prototype(), exact, depth + 1);
            case BtfType.Composite t ->
                names(a, b).or(() -> exact ? members(t, (BtfType.Composite) b, depth) : Optional.empty());
            case BtfType.FunctionPrototype t -> prototypes(t, (BtfType.FunctionPrototype) b, exact, depth);
            default -> Optional.empty();
        };
    }

    private static Optional<String> forwardDifference(BtfType.Forward forward, BtfType other) {
        boolean fits = other instanceof BtfType.Composite composite
                && composite.union() == forward.union()
                && composite.name().equals(forward.name());
        return fits
                ? Optional.empty()
                : Optional.of(
                        "the forward declaration of '" + forward.name() + "' does not mean '" + text(other) + "'");
    }

    private static Optional<String> sizes(BtfType a, int one, BtfType b, int other) {
        return one == other
                ? Optional.empty()
                : Optional.of("'" + text(a) + "' has " + one + " bytes, '" + text(b) + "' has " + other);
    }

    private static Optional<String> names(BtfType a, BtfType b) {
        return a.name().equals(b.name())
                ? Optional.empty()
                : Optional.of("the types are '" + text(a) + "' and '" + text(b) + "'");
    }

    private Optional<String> members(BtfType.Composite a, BtfType.Composite b, int depth) {
        if (a.members().size() != b.members().size()) {
            return Optional.of("'" + text(a) + "' has " + a.members().size() + " and "
                    + b.members().size() + " members");
        }
        for (int i = 0; i < a.members().size(); i++) {
            BtfType.Member one = a.members().get(i);
            BtfType.Member other = b.members().get(i);
            if (!one.name().equals(other.name()) || one.bitOffset() != other.bitOffset()) {
                return Optional.of("'" + text(a) + "' has '" + one.name() + "' where the other has '" + other.name()
                        + "', or at another offset");
            }
            Optional<String> difference = difference(one.type(), other.type(), true, depth + 1);
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private Optional<String> prototypes(
            BtfType.FunctionPrototype a, BtfType.FunctionPrototype b, boolean exact, int depth) {
        List<BtfType.Parameter> ones = a.parameters();
        List<BtfType.Parameter> others = b.parameters();
        if (ones.size() != others.size()) {
            return Optional.of("it takes " + ones.size() + " and " + others.size() + " parameters");
        }
        for (int i = 0; i < ones.size(); i++) {
            Optional<String> difference =
                    difference(ones.get(i).type(), others.get(i).type(), exact, depth + 1);
            if (difference.isPresent()) {
                return difference;
            }
        }
        return difference(a.returnType(), b.returnType(), exact, depth + 1);
    }

    private static String text(BtfType type) {
        return type.name().isEmpty() ? type.getClass().getSimpleName() : type.name();
    }
}
