package dev.skep.engine.network;

/**
 * An IPv4 or IPv6 address as a number.
 *
 * @param version 4 or 6
 * @param high the first 64 bits of an IPv6 address, 0 for IPv4
 * @param low the last 64 bits of an IPv6 address; an IPv4 address as an unsigned 32-bit number
 */
public record IpAddress(int version, long high, long low) {
    public IpAddress {
        boolean valid = version == 6 || (version == 4 && high == 0 && low >>> 32 == 0);
        if (!valid) {
            throw new IllegalArgumentException("no IPv" + version + " address: " + high + ", " + low);
        }
    }

    /** The IPv4 address a.b.c.d whose first byte is the highest of {@code number}. */
    public static IpAddress v4(int number) {
        return new IpAddress(4, 0, number & 0xffff_ffffL);
    }

    /** The IPv6 address with these first and last 64 bits. */
    public static IpAddress v6(long high, long low) {
        return new IpAddress(6, high, low);
    }

    /**
     * From 4 or 16 bytes in network order, as {@code java.net.InetAddress.getAddress} gives them.
     *
     * @throws IllegalArgumentException for any other length
     */
    public static IpAddress of(byte[] address) {
        return switch (address.length) {
            case 4 -> v4((int) number(address, 0, 4));
            case 16 -> v6(number(address, 0, 8), number(address, 8, 8));
            default -> throw new IllegalArgumentException("an IP address of " + address.length + " bytes");
        };
    }

    /** 32 or 128. */
    public int bits() {
        return version == 4 ? 32 : 128;
    }

    /** The bit at {@code index}, counted from the first (most significant). */
    boolean bit(int index) {
        int fromEnd = bits() - 1 - index;
        return ((fromEnd < 64 ? low >>> fromEnd : high >>> (fromEnd - 64)) & 1) != 0;
    }

    private static long number(byte[] bytes, int from, int length) {
        long number = 0;
        for (int i = from; i < from + length; i++) {
            number = number << 8 | (bytes[i] & 0xff);
        }
        return number;
    }
}
