package dev.skep.verifier.scalar;

import java.util.ArrayList;
import java.util.List;

/** What instructions do with numbers, stated apart from the code under test; and all members of small sets. */
final class Numbers {
    static final long LOWER_32 = 0xffff_ffffL;

    private Numbers() {}

    /** What the instruction computes (RFC 9669, section 4.1). */
    static long compute(BinaryOperator operator, long left, long right, boolean wide) {
        return wide ? compute64(operator, left, right) : compute32(operator, (int) left, (int) right) & LOWER_32;
    }

    private static long compute64(BinaryOperator operator, long left, long right) {
        return switch (operator) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> right == 0 ? 0 : Long.divideUnsigned(left, right);
            case SIGNED_DIVIDE -> right == 0 ? 0 : left / right;
            case MODULO -> right == 0 ? left : Long.remainderUnsigned(left, right);
            case SIGNED_MODULO -> right == 0 ? left : left % right;
            case OR -> left | right;
            case AND -> left & right;
            case XOR -> left ^ right;
            case SHIFT_LEFT -> left << right;
            case SHIFT_RIGHT -> left >>> right;
            case ARITHMETIC_SHIFT_RIGHT -> left >> right;
        };
    }

    private static int compute32(BinaryOperator operator, int left, int right) {
        return switch (operator) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> right == 0 ? 0 : Integer.divideUnsigned(left, right);
            case SIGNED_DIVIDE -> right == 0 ? 0 : left / right;
            case MODULO -> right == 0 ? left : Integer.remainderUnsigned(left, right);
            case SIGNED_MODULO -> right == 0 ? left : left % right;
            case OR -> left | right;
            case AND -> left & right;
            case XOR -> left ^ right;
            case SHIFT_LEFT -> left << right;
            case SHIFT_RIGHT -> left >>> right;
            case ARITHMETIC_SHIFT_RIGHT -> left >> right;
        };
    }

    /** Whether the comparison holds (RFC 9669, section 4.3). */
    static boolean holds(Comparison comparison, long a, long b, boolean wide) {
        long signedA = wide ? a : (int) a;
        long signedB = wide ? b : (int) b;
        // Sign extension keeps the order of unsigned numbers too.
        int unsignedOrder = Long.compareUnsigned(signedA, signedB);
        return switch (comparison) {
            case EQUAL -> signedA == signedB;
            case NOT_EQUAL -> signedA != signedB;
            case GREATER -> unsignedOrder > 0;
            case GREATER_OR_EQUAL -> unsignedOrder >= 0;
            case LESS -> unsignedOrder < 0;
            case LESS_OR_EQUAL -> unsignedOrder <= 0;
            case SIGNED_GREATER -> signedA > signedB;
            case SIGNED_GREATER_OR_EQUAL -> signedA >= signedB;
            case SIGNED_LESS -> signedA < signedB;
            case SIGNED_LESS_OR_EQUAL -> signedA <= signedB;
            case TEST -> (signedA & signedB) != 0;
            case NOT_TEST -> (signedA & signedB) == 0;
        };
    }

    /** All tnums whose bits other than the {@code width} ones from {@code shift} on are 0. */
    static List<Tnum> tnums(int width, int shift) {
        List<Tnum> all = new ArrayList<>();
        for (long mask = 0; mask < 1L << width; mask++) {
            for (long value = 0; value < 1L << width; value++) {
                if ((value & mask) == 0) {
                    all.add(new Tnum(value << shift, mask << shift));
                }
            }
        }
        return all;
    }

    /** The numbers a tnum stands for; it must have few unknown bits. */
    static long[] members(Tnum bits) {
        long[] members = new long[1 << Long.bitCount(bits.mask())];
        long selection = 0;
        for (int index = 0; index < members.length; index++) {
            members[index] = bits.value() | selection;
            selection = (selection - bits.mask()) & bits.mask();
        }
        return members;
    }

    /** The most precise tnum that stands for all the numbers. */
    static Tnum tnumOf(Iterable<Long> numbers) {
        long ones = -1;
        long possibleOnes = 0;
        for (long number : numbers) {
            ones &= number;
            possibleOnes |= number;
        }
        return new Tnum(ones, possibleOnes & ~ones);
    }
}
