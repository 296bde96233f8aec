package dev.skep.trace.check;

import dev.skep.trace.tree.BinaryOperator;
import dev.skep.trace.type.TraceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the type that holds the values of two types: of a variable that is assigned twice, of the keys of a map. */
public final class Promotion {
    private Promotion() {}

    /** The smallest type both fit in; empty if there is none. What is not known yet ({@link TraceType.Nothing}) fits in anything. */
    static Optional<TraceType> join(TraceType left, TraceType right) {
        if (left.equals(right) || right instanceof TraceType.Nothing) {
            return Optional.of(left);
        }
        if (left instanceof TraceType.Nothing) {
            return Optional.of(right);
        }
        return switch (left) {
            case TraceType.Number a when right instanceof TraceType.Number b -> Optional.of(numbers(a, b));
            case TraceType.Enumeration a
            when right instanceof TraceType.Enumeration b -> Optional.of(numbers(number(a), number(b)));
            case TraceType.Number a when right instanceof TraceType.Enumeration b -> Optional.of(numbers(a, number(b)));
            case TraceType.Enumeration a when right instanceof TraceType.Number b -> Optional.of(numbers(number(a), b));
            case TraceType.Text a when right instanceof TraceType.Text b -> Optional.of(a.size() >= b.size() ? a : b);
            case TraceType.Buffer a
            when right instanceof TraceType.Buffer b -> Optional.of(a.capacity() >= b.capacity() ? a : b);
            case TraceType.Tuple a when right instanceof TraceType.Tuple b -> tuples(a, b);
            case TraceType.Pointer a when right instanceof TraceType.Pointer b -> pointers(a, b);
            case TraceType.Sum a when right instanceof TraceType.Sum -> Optional.of(new TraceType.Sum(true));
            case TraceType.Extreme a
            when right instanceof TraceType.Extreme b && a.greatest() == b.greatest() ->
                Optional.of(new TraceType.Extreme(a.greatest(), true));
            case TraceType.Average a
            when right instanceof TraceType.Average b && a.all() == b.all() ->
                Optional.of(new TraceType.Average(a.all(), true));
            default -> Optional.empty();
        };
    }

    /** An enumeration as the number it is. */
    static TraceType.Number number(TraceType.Enumeration enumeration) {
        return new TraceType.Number(enumeration.size(), enumeration.signed());
    }

    /** The smallest type with a sign that holds a constant; of one that is not negative, as good without. */
    static TraceType.Number smallest(long value, boolean unsigned) {
        if (value < 0) {
            return unsigned ? new TraceType.Number(Long.BYTES, false) : new TraceType.Number(signedBytes(value), true);
        }
        int bits = 64 - Long.numberOfLeadingZeros(value);
        return new TraceType.Number(signedBytes(value), true, bits <= 8 ? 1 : bits <= 16 ? 2 : bits <= 32 ? 4 : 8);
    }

    private static int signedBytes(long value) {
        if (value == (byte) value) {
            return 1;
        }
        return value == (short) value ? 2 : value == (int) value ? 4 : 8;
    }

    private static TraceType numbers(TraceType.Number left, TraceType.Number right) {
        int larger = Math.max(left.size(), right.size());
        if (left.isFree() && right.isFree()) {
            return new TraceType.Number(larger, true, Math.max(left.unsignedSize(), right.unsignedSize()));
        }
        if (left.signed() == right.signed()) {
            return new TraceType.Number(larger, left.signed());
        }
        TraceType.Number unsigned = left.signed() ? right : left;
        TraceType.Number signed = left.signed() ? left : right;
        if (signed.isFree()) {
            return new TraceType.Number(Math.max(unsigned.size(), signed.unsignedSize()), false);
        }
        boolean fits = unsigned.size() < signed.size() || unsigned.size() == Long.BYTES;
        return new TraceType.Number(fits ? larger : 2 * unsigned.size(), true);
    }

    /** Whether the values of two types fit in none but with the greatest of those without a sign cut off. */
    static boolean losesValues(TraceType left, TraceType right) {
        return left instanceof TraceType.Number a
                && right instanceof TraceType.Number b
                && a.signed() != b.signed()
                && !a.isFree()
                && !b.isFree()
                && (a.signed() ? b : a).size() == Long.BYTES;
    }

    /** Whether what an operator makes of two numbers has no sign: if none of them has one for good, and one has none. */
    public static boolean isUnsigned(TraceType left, TraceType right) {
        boolean leftSigned = ExpressionTyping.isSigned(left);
        boolean rightSigned = ExpressionTyping.isSigned(right);
        return (!leftSigned && (!rightSigned || isFree(right))) || (!rightSigned && isFree(left));
    }

    /** What an operator makes of two numbers: 64 bits, with a sign unless {@link #isUnsigned}, or if it is a difference. */
    static TraceType.Number computed(BinaryOperator operator, TraceType left, TraceType right) {
        boolean difference = operator == BinaryOperator.SUBTRACT;
        boolean free = !difference && isFree(left) && isFree(right);
        return new TraceType.Number(Long.BYTES, difference || !isUnsigned(left, right), free ? Long.BYTES : 0);
    }

    private static boolean isFree(TraceType type) {
        return type instanceof TraceType.Number number && number.isFree();
    }

    private static Optional<TraceType> pointers(TraceType.Pointer left, TraceType.Pointer right) {
        boolean same = left.target().equals(right.target());
        if (same || right.target() instanceof TraceType.Nothing) {
            return Optional.of(left);
        }
        return left.target() instanceof TraceType.Nothing ? Optional.of(right) : Optional.empty();
    }

    private static Optional<TraceType> tuples(TraceType.Tuple left, TraceType.Tuple right) {
        if (left.elements().size() != right.elements().size()) {
            return Optional.empty();
        }
        List<TraceType.Named> joined = new ArrayList<>();
        for (int i = 0; i < left.elements().size(); i++) {
            TraceType.Element element = left.elements().get(i);
            Optional<TraceType> type =
                    right.counterpart(element, i).flatMap(other -> join(element.type(), other.type()));
            if (type.isEmpty()) {
                return Optional.empty();
            }
            joined.add(new TraceType.Named(element.name(), type.get()));
        }
        return Optional.of(TraceType.Tuple.of(joined));
    }
}
