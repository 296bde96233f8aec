package dev.skep.linux.usdt;

/**
 * An argument of a probe.
 *
 * @param size in bytes: 1, 2, 4 or 8 @param signed whether a shorter one is to be widened with its sign
 */
public record UsdtArgument(int size, boolean signed, ArgumentPlace place) {
    /** Bits that a number of 8 bytes has more. */
    int unusedBits() {
        return Long.SIZE - size * Byte.SIZE;
    }
}
