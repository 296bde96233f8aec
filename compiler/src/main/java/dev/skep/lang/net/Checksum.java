package dev.skep.lang.net;

import dev.skep.lang.BigEndian;
import dev.skep.lang.KernelName;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;
import dev.skep.lang.context.PacketContext;

/**
 * The Internet checksum (RFC 1071): the complement of the one's complement sum of all pairs of bytes. Sums are kept in 64 bits and
 * folded at the end; the order of what is added does not matter.
 */
public final class Checksum {
    /** The most bytes that {@link #sum} adds. */
    public static final int LONGEST = 2048;

    private static final long LOWER_HALF = 0xffff_ffffL;

    private Checksum() {}

    /** 16 bytes in a row. */
    @KernelName("skep_checksum_16")
    private static final class Sixteen extends Struct {
        @BigEndian
        @Unsigned
        int first;

        @BigEndian
        @Unsigned
        int second;

        @BigEndian
        @Unsigned
        int third;

        @BigEndian
        @Unsigned
        int fourth;

        long sum() {
            return (first & LOWER_HALF) + (second & LOWER_HALF) + (third & LOWER_HALF) + (fourth & LOWER_HALF);
        }
    }

    /** 8 bytes in a row. */
    @KernelName("skep_checksum_8")
    private static final class Eight extends Struct {
        @BigEndian
        @Unsigned
        int first;

        @BigEndian
        @Unsigned
        int second;
    }

    /** 4 bytes. */
    @KernelName("skep_checksum_4")
    private static final class Four extends Struct {
        @BigEndian
        @Unsigned
        int bytes;
    }

    /** 2 bytes. */
    @KernelName("skep_checksum_2")
    private static final class Two extends Struct {
        @BigEndian
        @Unsigned
        short bytes;
    }

    /** A byte. */
    @KernelName("skep_checksum_1")
    private static final class One extends Struct {
        @Unsigned
        byte bytes;
    }

    /** The one's complement sum as 16 bits. @param sum of numbers of 16 and 32 bits, without sign, not negative itself */
    public static int fold(long sum) {
        long lower = (sum & LOWER_HALF) + (sum >>> 32);
        long once = (lower & 0xffff) + (lower >>> 16);
        long twice = (once & 0xffff) + (once >>> 16);
        return (int) ((twice & 0xffff) + (twice >>> 16));
    }

    /** The checksum of what was added up: to be written into a header, or 0 if the checksum was added and is right. */
    public static int of(long sum) {
        return ~fold(sum) & 0xffff;
    }

    /** What UDP has for a checksum: there 0 means that there is none, and 65535 is the same number. */
    public static int ofUdp(int checksum) {
        return checksum == 0 ? 0xffff : checksum;
    }

    /** The checksum after 16 bits at an even offset have changed (RFC 1624, equation 3). @param checksum before */
    public static int update16(int checksum, int before, int after) {
        int sum = (~checksum & 0xffff) + (~before & 0xffff) + (after & 0xffff);
        int once = (sum & 0xffff) + (sum >>> 16);
        return ~(once + (once >>> 16)) & 0xffff;
    }

    /** The checksum after 32 bits at an even offset have changed, such as an address. @param checksum before */
    public static int update32(int checksum, int before, int after) {
        return of((~checksum & 0xffff) + (~before & LOWER_HALF) + (after & LOWER_HALF));
    }

    /** What TCP and UDP add to their bytes over IPv4. @param length of header and data */
    public static long pseudoHeader(Ipv4 ip, int protocol, int length) {
        return (ip.source & LOWER_HALF) + (ip.destination & LOWER_HALF) + protocol + length;
    }

    /**
     * What TCP, UDP and ICMPv6 add to their bytes over IPv6.
     *
     * @param offset of the IPv6 header
     * @param length of header and data
     * @return the sum, -1 if the packet ends before the addresses do
     */
    public static long pseudoHeader(PacketContext packet, int offset, int protocol, int length) {
        Sixteen source = packet.packet(offset + 8, Sixteen.class);
        Sixteen destination = packet.packet(offset + 24, Sixteen.class);
        return source == null || destination == null ? -1 : source.sum() + destination.sum() + protocol + length;
    }

    /**
     * The sum of a part of a packet.
     *
     * @param offset of its first byte
     * @param length in bytes; an odd one counts as if a zero followed
     * @return the sum; -1 if the packet ends before, or {@code length} is negative or more than {@link #LONGEST}
     */
    public static long sum(PacketContext packet, int offset, int length) {
        if (length < 0 || length > LONGEST) {
            return -1;
        }
        long sum = 0;
        for (int i = 0; i < length >>> 4; i++) {
            Sixteen part = packet.packet(offset + i * 16, Sixteen.class);
            if (part == null) {
                return -1;
            }
            // Kept in bounds, so that all rounds of the loop are one to the verifier.
            sum = (sum & LOWER_HALF) + (sum >>> 32) + part.sum();
        }
        long rest = rest(packet, offset, length);
        return rest < 0 ? -1 : sum + rest;
    }

    /** Of what is left beyond a multiple of 16 bytes. Where it lies follows from the length alone, whatever came before. */
    private static long rest(PacketContext packet, int offset, int length) {
        long sum = 0;
        if ((length & 8) != 0) {
            Eight part = packet.packet(offset + (length & ~15), Eight.class);
            if (part == null) {
                return -1;
            }
            sum = (part.first & LOWER_HALF) + (part.second & LOWER_HALF);
        }
        if ((length & 4) != 0) {
            Four part = packet.packet(offset + (length & ~7), Four.class);
            if (part == null) {
                return -1;
            }
            sum += part.bytes & LOWER_HALF;
        }
        if ((length & 2) != 0) {
            Two part = packet.packet(offset + (length & ~3), Two.class);
            if (part == null) {
                return -1;
            }
            sum += part.bytes;
        }
        if ((length & 1) != 0) {
            One part = packet.packet(offset + (length & ~1), One.class);
            if (part == null) {
                return -1;
            }
            sum += part.bytes << 8;
        }
        return sum;
    }
}
