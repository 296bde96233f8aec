package dev.skep.object.btf.value;

import java.math.BigInteger;

/** Integers of any width at any bit of little-endian memory: bit 0 is the lowest bit of the first byte. */
final class Bits {
    private Bits() {}

    /** The {@code count} bits from bit {@code start}, which must lie within {@code bytes}; two's complement if signed. */
    static BigInteger get(byte[] bytes, long start, int count, boolean signed) {
        if (count == 0) {
            return BigInteger.ZERO;
        }
        int first = (int) (start / 8);
        int last = (int) ((start + count - 1) / 8);
        byte[] bigEndian = new byte[last - first + 2];
        for (int i = first; i <= last; i++) {
            bigEndian[bigEndian.length - 1 - (i - first)] = bytes[i];
        }
        BigInteger mask = BigInteger.ONE.shiftLeft(count).subtract(BigInteger.ONE);
        BigInteger value =
                new BigInteger(bigEndian).shiftRight((int) (start % 8)).and(mask);
        return signed && value.testBit(count - 1) ? value.subtract(BigInteger.ONE.shiftLeft(count)) : value;
    }

    /** Puts the low {@code count} bits of {@code value} at bit {@code start}; the bits around them stay. */
    static void put(byte[] bytes, long start, int count, BigInteger value) {
        for (int i = 0; i < count; i++) {
            int at = (int) ((start + i) / 8);
            int bit = 1 << (start + i) % 8;
            bytes[at] = (byte) (value.testBit(i) ? bytes[at] | bit : bytes[at] & ~bit);
        }
    }

    /** Whether {@code value} can be stored in {@code count} bits. */
    static boolean fits(BigInteger value, int count, boolean signed) {
        return signed ? value.bitLength() < count : value.signum() >= 0 && value.bitLength() <= count;
    }
}
