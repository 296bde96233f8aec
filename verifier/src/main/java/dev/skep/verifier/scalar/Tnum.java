package dev.skep.verifier.scalar;

/**
 * A tristate number: 64 bits of which each is known to be 0, known to be 1, or unknown. It stands for all the numbers
 * that agree with its known bits.
 *
 * <p>Operations give a tnum that stands for every result the operation can have on numbers of the operands (it may
 * stand for more). The precision is that of the kernel's kernel/bpf/tnum.c (Linux 6.18).
 *
 * @param value the known bits; 0 where the bit is unknown
 * @param mask 1 for each unknown bit
 */
public record Tnum(long value, long mask) {
    /** Nothing is known: stands for every number. */
    public static final Tnum UNKNOWN = new Tnum(0, -1);

    private static final int CACHED_CONSTANTS = 256;
    private static final Tnum[] CONSTANTS = new Tnum[CACHED_CONSTANTS];

    private static final long LOWER_32 = 0xffff_ffffL;

    static {
        for (int constant = 0; constant < CACHED_CONSTANTS; constant++) {
            CONSTANTS[constant] = new Tnum(constant, 0);
        }
    }

    /**
     * @throws IllegalArgumentException if a bit is said to be both known to be 1 and unknown
     */
    public Tnum {
        if ((value & mask) != 0) {
            throw new IllegalArgumentException(
                    "A bit of a tnum is either known or unknown, but value 0x%x and mask 0x%x share bits"
                            .formatted(value, mask));
        }
    }

    /** The one number {@code constant}. */
    public static Tnum of(long constant) {
        return constant >= 0 && constant < CACHED_CONSTANTS ? CONSTANTS[(int) constant] : new Tnum(constant, 0);
    }

    static Tnum of(long value, long mask) {
        return mask == 0 ? of(value) : mask == -1 ? UNKNOWN : new Tnum(value, mask);
    }

    /**
     * The most precise tnum for the numbers from {@code umin} to {@code umax}, both included and read as unsigned: the
     * leading bits in which the two agree are known.
     */
    public static Tnum ofRange(long umin, long umax) {
        long mask = maskOfRange(umin, umax);
        return of(umin & ~mask, mask);
    }

    /** The bits that may differ among the numbers from {@code umin} to {@code umax}. */
    static long maskOfRange(long umin, long umax) {
        long differing = umin ^ umax;
        return differing == 0 ? 0 : -1L >>> Long.numberOfLeadingZeros(differing);
    }

    /** The sum, modulo 2^64. */
    public Tnum add(Tnum other) {
        long sum = value + other.value;
        // A bit of the sum is known if it is the same whether all unknown bits are 0 or all are 1.
        long carries = (sum + mask + other.mask) ^ sum;
        long unknown = carries | mask | other.mask;
        return of(sum & ~unknown, unknown);
    }

    /** The difference, modulo 2^64. */
    public Tnum subtract(Tnum other) {
        long difference = value - other.value;
        long borrows = (difference + mask) ^ (difference - other.mask);
        long unknown = borrows | mask | other.mask;
        return of(difference & ~unknown, unknown);
    }

    /** 0 minus this, modulo 2^64. */
    public Tnum negate() {
        return of(0).subtract(this);
    }

    /**
     * The product, modulo 2^64, by long multiplication over the bits of this; where such a bit is unknown, the sums
     * with and without the partial product are joined. Not symmetric: the operands' order can change what is known.
     */
    public Tnum multiply(Tnum other) {
        if (isConstant() && other.isConstant()) {
            return of(value * other.value);
        }
        long sumValue = 0;
        long sumMask = 0;
        long multiplierValue = value;
        long multiplierMask = mask;
        long multiplicandValue = other.value;
        long multiplicandMask = other.mask;
        while ((multiplierValue | multiplierMask) != 0) {
            boolean one = (multiplierValue & 1) != 0;
            if (one || (multiplierMask & 1) != 0) {
                long nextValue = sumValue + multiplicandValue;
                long nextMask = ((nextValue + sumMask + multiplicandMask) ^ nextValue) | sumMask | multiplicandMask;
                nextValue &= ~nextMask;
                sumMask = one ? nextMask : nextMask | sumMask | (sumValue ^ nextValue);
                sumValue = (one ? nextValue : sumValue & nextValue) & ~sumMask;
            }
            multiplierValue >>>= 1;
            multiplierMask >>>= 1;
            multiplicandValue <<= 1;
            multiplicandMask <<= 1;
        }
        return of(sumValue, sumMask);
    }

    /** Bitwise and. */
    public Tnum and(Tnum other) {
        long ones = value & other.value;
        long possibleOnes = (value | mask) & (other.value | other.mask);
        return of(ones, possibleOnes & ~ones);
    }

    /** Bitwise or. */
    public Tnum or(Tnum other) {
        long ones = value | other.value;
        return of(ones, (mask | other.mask) & ~ones);
    }

    /** Bitwise exclusive or. */
    public Tnum xor(Tnum other) {
        long unknown = mask | other.mask;
        return of((value ^ other.value) & ~unknown, unknown);
    }

    /** Shifts left by 0 to 63 bits. */
    public Tnum shiftLeft(int bits) {
        return of(value << bits, mask << bits);
    }

    /** Shifts right by 0 to 63 bits, filling with zeros. */
    public Tnum shiftRight(int bits) {
        return of(value >>> bits, mask >>> bits);
    }

    /**
     * Shifts right by {@code shift} bits, filling with the sign bit, as a number of {@code bits} (32 or 64) bits; a
     * result of 32 bits is zero-extended.
     */
    public Tnum arithmeticShiftRight(int shift, int bits) {
        if (bits == Integer.SIZE) {
            return of(((int) value >> shift) & LOWER_32, ((int) mask >> shift) & LOWER_32);
        }
        return of(value >> shift, mask >> shift);
    }

    /**
     * What is known of a number that both tnums stand for. If there is none, as a known bit differs, that bit is 1 in
     * the result.
     */
    public Tnum intersect(Tnum other) {
        long unknown = mask & other.mask;
        return of((value | other.value) & ~unknown, unknown);
    }

    /** The most precise tnum that stands for every number of both. */
    public Tnum union(Tnum other) {
        long unknown = mask | other.mask | (value ^ other.value);
        return of(value & ~unknown, unknown);
    }

    /** Whether some number belongs to both. */
    public boolean overlaps(Tnum other) {
        return ((value ^ other.value) & ~mask & ~other.mask) == 0;
    }

    /** The low 32 bits; the others are 0. */
    public Tnum lower32() {
        return of(value & LOWER_32, mask & LOWER_32);
    }

    /** This, with its low 32 bits replaced by those of {@code lower}. */
    public Tnum withLower32(Tnum lower) {
        return of((value & ~LOWER_32) | (lower.value & LOWER_32), (mask & ~LOWER_32) | (lower.mask & LOWER_32));
    }

    /** The high 32 bits in their place; the low ones are 0. */
    public Tnum upper32() {
        return of(value & ~LOWER_32, mask & ~LOWER_32);
    }

    /** The low {@code bytes} (1 to 8) bytes; the others are 0. */
    public Tnum truncate(int bytes) {
        if (bytes >= Long.BYTES) {
            return this;
        }
        long kept = (1L << (bytes * Byte.SIZE)) - 1;
        return of(value & kept, mask & kept);
    }

    /**
     * The low {@code bits} bits with their bytes in the opposite order; the others are 0.
     *
     * @throws IllegalArgumentException if {@code bits} is not 16, 32 or 64
     */
    public Tnum byteSwap(int bits) {
        if (bits != Short.SIZE && bits != Integer.SIZE && bits != Long.SIZE) {
            throw new IllegalArgumentException("Bytes are swapped in 16, 32 or 64 bits, not in " + bits);
        }
        int dropped = Long.SIZE - bits;
        return of(Long.reverseBytes(value) >>> dropped, Long.reverseBytes(mask) >>> dropped);
    }

    /**
     * The smallest number above {@code number} that the tnum of {@code value} and {@code mask} stands for; if there is
     * none, the largest it stands for.
     */
    static long next(long value, long mask, long number) {
        long largest = value | mask;
        if (Unsigned.atMost(largest, number)) {
            return largest;
        }
        if (Unsigned.less(number, value)) {
            return value;
        }
        // Each member is value plus a selection of the mask's bits: find the next selection above the excess. With all
        // other bits set, adding 1 carries across them; and below a bit that no selection has, every selection is
        // passed.
        long excess = number - value;
        long unselectable = excess & ~mask;
        long passed = unselectable == 0 ? 0 : -1L >>> Long.numberOfLeadingZeros(unselectable);
        return value | (((excess | passed | ~mask) + 1) & mask);
    }

    /** Whether every bit is known. */
    public boolean isConstant() {
        return mask == 0;
    }

    /** Whether every one of the low 32 bits is known. */
    public boolean isConstant32() {
        return (int) mask == 0;
    }

    /** Whether no bit is known. */
    public boolean isUnknown() {
        return mask == -1;
    }

    /** Whether this stands for every number {@code other} stands for. */
    public boolean contains(Tnum other) {
        return (other.mask & ~mask) == 0 && value == (other.value & ~mask);
    }

    /** Whether this stands for {@code number}. */
    public boolean contains(long number) {
        return (number & ~mask) == value;
    }

    /** Whether every number this stands for is a multiple of {@code size}, a power of two; of size 0 everything is. */
    public boolean isAligned(long size) {
        return size == 0 || ((value | mask) & (size - 1)) == 0;
    }

    /** As the kernel's log writes it: {@code (0xVALUE; 0xMASK)}, and a constant as a number alone. */
    @Override
    public String toString() {
        return RangeText.of(this);
    }
}
