package dev.skep;

import dev.skep.lang.context.XdpContext;
import dev.skep.lang.program.Xdp;

/** Methods of the JDK on whole numbers, with numbers at the edges as often as others. */
final class NumberMethods {
    private NumberMethods() {}

    private static int edge(int number) {
        return switch (number & 15) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> -1;
            case 3 -> Integer.MIN_VALUE;
            case 4 -> Integer.MAX_VALUE;
            case 5 -> -8;
            case 6 -> 0x10000;
            case 7 -> number >> 24;
            default -> number;
        };
    }

    private static long edge(long number) {
        return switch ((int) number & 15) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> -1;
            case 3 -> Long.MIN_VALUE;
            case 4 -> Long.MAX_VALUE;
            case 5 -> 0xffff_ffffL;
            case 6 -> Integer.MIN_VALUE;
            case 7 -> number >> 56;
            default -> number;
        };
    }

    private static int hash(long number) {
        return (int) (number ^ number >>> 32);
    }

    static int roundedDivisions(int first, int second, long third) {
        int a = edge(first);
        int b = edge(second);
        return Math.floorDiv(a, b) * 31 + Math.floorMod(a, b) * 7 + Math.ceilDiv(a, b) * 5 + Math.ceilMod(a, b);
    }

    @Xdp
    static int roundedDivisions(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        return numbers == null ? -1 : roundedDivisions(numbers.first, numbers.second, numbers.third);
    }

    static int roundedDivisionsOfLong(int first, int second, long third) {
        long a = edge(third);
        int b = edge(second);
        long c = (long) edge(first) << (b & 31);
        long quotients =
                Math.floorDiv(a, b) + 3 * Math.floorDiv(a, c) + 5 * Math.ceilDiv(a, b) + 7 * Math.ceilDiv(a, c);
        int rests = Math.floorMod(a, b) + 3 * Math.ceilMod(a, b);
        return hash(quotients) + rests + hash(Math.floorMod(a, c) + 3 * Math.ceilMod(a, c));
    }

    @Xdp
    static int roundedDivisionsOfLong(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        return numbers == null ? -1 : roundedDivisionsOfLong(numbers.first, numbers.second, numbers.third);
    }

    static int divisionsByConstants(int first, int second, long third) {
        int a = edge(first);
        long b = edge(third);
        int powers = Math.floorDiv(a, 8) + 3 * Math.floorMod(a, 8) + 5 * Math.floorMod(b, 16) + Math.floorMod(a, 1);
        int others = Math.floorDiv(a, -3) + 3 * Math.floorMod(a, 7) + Math.ceilDiv(a, 4) + Math.ceilMod(a, 1000);
        return powers * 31 + others + hash(Math.floorDiv(b, 1024L) + Math.floorMod(b, 1L << 40));
    }

    @Xdp
    static int divisionsByConstants(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        return numbers == null ? -1 : divisionsByConstants(numbers.first, numbers.second, numbers.third);
    }

    static int singleBits(int first, int second, long third) {
        int a = edge(first);
        long b = edge(third);
        int narrow = Integer.highestOneBit(a) + 3 * Integer.lowestOneBit(a) + 5 * Integer.reverse(a);
        return narrow + hash(Long.highestOneBit(b) + 3 * Long.lowestOneBit(b) + 5 * Long.reverse(b));
    }

    @Xdp
    static int singleBits(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        return numbers == null ? -1 : singleBits(numbers.first, numbers.second, numbers.third);
    }

    static int wideProducts(int first, int second, long third) {
        long a = edge(third);
        long b = (long) edge(first) << 32 | second;
        return hash(Math.multiplyHigh(a, b) + 3 * Math.unsignedMultiplyHigh(a, b))
                + hash(Math.multiplyFull(edge(first), edge(second)));
    }

    @Xdp
    static int wideProducts(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        return numbers == null ? -1 : wideProducts(numbers.first, numbers.second, numbers.third);
    }

    static int clamped(int first, int second, long third) {
        int least = Math.min(edge(first), edge(second));
        int greatest = Math.max(edge(first), edge(second));
        long a = edge(third);
        return Math.clamp(a, least, greatest) + hash(Math.clamp((long) least, Math.min(a, 5), Math.max(a, 5)));
    }

    @Xdp
    static int clamped(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        return numbers == null ? -1 : clamped(numbers.first, numbers.second, numbers.third);
    }

    @SuppressWarnings("CompareToZero") // the differences themselves are what hosts have to agree on
    static int smallNumbers(int first, int second, long third) {
        byte a = (byte) edge(first);
        byte b = (byte) second;
        short c = (short) edge(second);
        short d = (short) third;
        int bytes = Byte.compare(a, b) * 3 + Byte.compareUnsigned(a, b) * 5 + Byte.hashCode(a);
        int shorts = Short.compare(c, d) * 3 + Short.compareUnsigned(c, d) * 5 + Short.hashCode(d);
        int characters = Character.compare((char) c, (char) d) * 3 + Character.hashCode((char) c);
        boolean truth = Boolean.logicalXor(a > b, Boolean.logicalOr(c > d, Boolean.logicalAnd(a > 0, d > 0)));
        return bytes * 31 + shorts * 7 + characters + (truth ? 1 : 0);
    }

    @Xdp
    @SuppressWarnings("CompareToZero") // the differences themselves are what hosts have to agree on
    static int smallNumbers(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        return numbers == null ? -1 : smallNumbers(numbers.first, numbers.second, numbers.third);
    }
}
