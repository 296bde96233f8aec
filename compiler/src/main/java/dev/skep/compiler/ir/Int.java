package dev.skep.compiler.ir;

/**
 * Integers. Values of instructions are {@link #I32} or {@link #I64}; the smaller ones are sizes of memory accesses. An integer has
 * no sign: operations do.
 */
public enum Int implements Type {
    /** One byte. */
    I8(1),
    /** Two bytes. */
    I16(2),
    /** Four bytes; also truth: 0 or 1. */
    I32(4),
    /** Eight bytes. */
    I64(8);

    private final int bytes;

    Int(int bytes) {
        this.bytes = bytes;
    }

    /** Size in bytes: 1, 2, 4 or 8. */
    public int bytes() {
        return bytes;
    }

    /** Size in bits: 8, 16, 32 or 64. */
    public int bits() {
        return 8 * bytes;
    }

    /** The integer with so many bytes. @throws IllegalArgumentException if it is none of 1, 2, 4 and 8 */
    public static Int ofBytes(int bytes) {
        return switch (bytes) {
            case 1 -> I8;
            case 2 -> I16;
            case 4 -> I32;
            case 8 -> I64;
            default -> throw new IllegalArgumentException("no integer has " + bytes + " bytes");
        };
    }
}
