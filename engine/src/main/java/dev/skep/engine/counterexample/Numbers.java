package dev.skep.engine.counterexample;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Numbers worth trying in a field. */
final class Numbers {
    private Numbers() {}

    /** The ends of what a field of {@code size} bytes can hold. */
    static List<Long> extremes(int size) {
        long top = 1L << (8 * size - 1);
        return List.of(-1L, 0L, top - 1, top, 1L, 2L, 4L, 8L, 0x10L, 0x40L, 0x45L, 0x4fL);
    }

    /** What a field must hold for a register to hold {@code wanted}, if the register has the field's number in either byte order. */
    static List<Long> inBothOrders(long wanted, int size) {
        long swapped = swap(wanted, size);
        return swapped == wanted ? List.of(wanted) : List.of(swapped, wanted);
    }

    /** The lower {@code size} bytes in the opposite order. */
    static long swap(long value, int size) {
        return switch (size) {
            case 1 -> value & 0xff;
            case 2 -> Short.reverseBytes((short) value) & 0xffffL;
            case 4 -> Integer.reverseBytes((int) value) & 0xffff_ffffL;
            default -> Long.reverseBytes(value);
        };
    }

    /** The number that a field of {@code size} bytes holds after it was stored there. */
    static long cut(long value, int size) {
        return size == Long.BYTES ? value : value & ((1L << (8 * size)) - 1);
    }

    /**
     * What one operand of a comparison would have to be for the comparison to end differently, the other one staying as it is.
     *
     * @param operand its value now
     * @param other the other one's
     * @param bits whether it is a test of bits
     */
    static Set<Long> turning(long operand, long other, boolean bits) {
        Set<Long> wanted = new LinkedHashSet<>();
        if (bits) {
            wanted.add(operand | other);
            wanted.add(operand & ~other);
        }
        wanted.add(other);
        wanted.add(other + 1);
        wanted.add(other - 1);
        wanted.add(other / 2);
        wanted.add(other * 2);
        wanted.remove(operand);
        return wanted;
    }

    /**
     * What a field that holds {@code value} would have to hold for a register to change from {@code from} to {@code to}, if the
     * register was computed from it in one of the usual ways: added to something, multiplied, shifted, masked, its bytes swapped.
     */
    static Set<Long> moving(long value, int size, long from, long to) {
        Set<Long> candidates = new LinkedHashSet<>();
        long change = to - from;
        candidates.add(value + change);
        candidates.add(swap(swap(value, size) + change, size));
        for (int shift = 1; shift <= 4; shift++) {
            candidates.add(value + (change >> shift)); // was multiplied
            candidates.add(swap(swap(value, size) + (change >> shift), size));
        }
        for (int shift : new int[] {1, 2, 3, 4, 5, 6, 8, 13, 16, 24, 32, 48}) {
            if (shift < 8 * size) {
                candidates.add(value + (change << shift)); // was shifted down
                candidates.add(swap(swap(value, size) + (change << shift), size));
            }
        }
        return candidates;
    }

    /** Whether a register with {@code operand} may just hold the field's number, in either byte order, or a part of it. */
    static boolean mayBe(long operand, long value, int size) {
        long low = cut(operand, size);
        return low == cut(value, size)
                || low == swap(value, size)
                || (int) operand == (int) value
                || (operand != 0 && isPart(operand, value, size))
                || (operand != 0 && isPart(operand, swap(value, size), size));
    }

    private static boolean isPart(long operand, long value, int size) {
        if (operand < 0) {
            return false;
        }
        for (int shift = 0; shift < 8 * size; shift++) {
            long part = value >>> shift;
            long mask = Math.max(1, Long.highestOneBit(operand) * 2 - 1);
            if (part == operand || (part & mask) == operand) {
                return true;
            }
        }
        return false;
    }
}
