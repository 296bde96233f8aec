package dev.skep.engine.capture;

/**
 * What one tick of an interface's clock is: pcapng options {@code if_tsresol} and {@code if_tsoffset}.
 *
 * @param binary ticks are 2^-exponent seconds, otherwise 10^-exponent
 * @param exponent 0..127
 * @param offsetSeconds added to every time
 */
record TimestampUnit(boolean binary, int exponent, long offsetSeconds) {
    /** Microseconds, which hold where the file says nothing. */
    static final TimestampUnit MICROS = new TimestampUnit(false, 6, 0);

    private static final long NANOS = 1_000_000_000L;

    /** The unit that an {@code if_tsresol} byte means. */
    TimestampUnit withResolution(int octet) {
        return new TimestampUnit((octet & 0x80) != 0, octet & 0x7f, offsetSeconds);
    }

    TimestampUnit withOffset(long seconds) {
        return new TimestampUnit(binary, exponent, seconds);
    }

    /** Nanoseconds since 1970 of an unsigned number of ticks; wraps where that does not fit 63 bits. */
    long nanos(long ticks) {
        return offsetSeconds * NANOS + (binary ? binaryNanos(ticks) : decimalNanos(ticks));
    }

    private long binaryNanos(long ticks) {
        if (exponent == 0) {
            return ticks * NANOS;
        }
        // ticks * 10^9 is 128 bits wide; shifted right by the exponent, only its lower 64 bits are of interest.
        long high = Math.unsignedMultiplyHigh(ticks, NANOS);
        long low = ticks * NANOS;
        if (exponent >= 64) {
            return high >>> Math.min(exponent - 64, 63);
        }
        return (high << (64 - exponent)) | (low >>> exponent);
    }

    private long decimalNanos(long ticks) {
        if (exponent <= 9) {
            return ticks * powerOfTen(9 - exponent);
        }
        // 10^19 is the largest power that an unsigned long holds; beyond it every time is less than a nanosecond.
        return exponent - 9 > 19 ? 0 : Long.divideUnsigned(ticks, powerOfTen(exponent - 9));
    }

    private static long powerOfTen(int power) {
        long result = 1;
        for (int i = 0; i < power; i++) {
            result *= 10;
        }
        return result;
    }
}
