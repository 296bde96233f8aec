package dev.skep;

import dev.skep.lang.BigEndian;
import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.ArrayMap;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.map.LruHashMap;
import dev.skep.lang.map.Queue;
import dev.skep.lang.program.Xdp;

/** Programs that do a bit of everything with whatever the packet has. */
final class Mixture {
    /** The packet's first bytes, as numbers of all kinds. */
    static final class Numbers extends Struct {
        byte one;

        @Unsigned
        byte unsignedOne;

        short two;

        @BigEndian
        @Unsigned
        short bigTwo;

        char letter;

        @BigEndian
        int bigFour;
    }

    /** Arrays and structs within a struct. */
    static final class Nested extends Struct {
        @Length(8)
        @Unsigned
        byte[] bytes;

        @BigEndian
        @Length(4)
        short[] shorts;

        Numbers numbers;

        @Length(3)
        long[] sums;

        boolean odd;
    }

    static final HashMap<Integer, Long> results = new HashMap<>(4096);
    static final ArrayMap<Nested> nested = new ArrayMap<>(4);
    static final LruHashMap<Numbers, Integer> seen = new LruHashMap<>(4096);
    static final Queue<Numbers> queue = new Queue<>(16);
    static final Nested last = new Nested();
    static int runs;
    static long checksum = 17;
    static boolean even;
    static short small;

    private Mixture() {}

    @Xdp
    static int arithmetic(XdpContext context) {
        Numbers n = context.packet(0, Numbers.class);
        if (n == null) {
            return -1;
        }
        int a = n.bigFour;
        int b = n.two;
        long wide = (long) a * b + n.unsignedOne;
        wide ^= wide >>> n.one;
        a <<= b;
        a += n.letter >> 3;
        a = a % (n.unsignedOne - 7) + b / (n.one | 1);
        wide -= Long.rotateLeft(wide, a & 63);
        results.put(context.length(), wide);
        even = (a & 1) == 0;
        small += (short) a;
        checksum = checksum * 31 + (int) wide;
        return Math.max(a, (int) wide) / n.one;
    }

    @Xdp
    static int arrays(XdpContext context) {
        Nested part = context.packet(8, Nested.class);
        Nested stored = nested.lookup(runs++ & 3);
        if (part == null || stored == null) {
            return -2;
        }
        int sum = 0;
        for (int i = 0; i < 8; i++) {
            sum += part.bytes[i];
            stored.bytes[7 - i] = (byte) (part.bytes[i] + 1);
        }
        for (int i = 0; i < 4; i++) {
            stored.shorts[i] += part.shorts[3 - i];
        }
        stored.sums[sum & 1] += sum;
        stored.numbers.bigTwo = (short) sum;
        stored.odd = !stored.odd;
        last.numbers.letter = stored.numbers.letter;
        last.sums[2] = stored.sums[0];
        last.bytes[sum & 7] ^= 0x55;
        part.shorts[1] = (short) (part.numbers.bigTwo ^ 0x1234);
        return stored.bytes[part.bytes[0]];
    }

    @Xdp
    static int choices(XdpContext context) {
        Numbers n = context.packet(2, Numbers.class);
        if (n == null) {
            return -3;
        }
        Numbers key = new Numbers();
        key.one = (byte) (n.one & 7);
        key.bigTwo = (short) choice(n.unsignedOne);
        Integer times = seen.lookup(key);
        seen.put(key, times == null ? 1 : times + 1);
        if (queue.push(key) != 0) {
            Numbers oldest = new Numbers();
            queue.pop(oldest);
            results.add((int) oldest.bigTwo, -1);
        }
        if (n.two < 0) {
            seen.delete(key);
        }
        return n.letter > 'z' ? results.putIfAbsent((int) n.letter, 5L) : key.bigTwo;
    }

    /** A number that reads as 0 to 255 stays so in variables and arguments; a method's result is of its type. */
    @Xdp
    static int unsignedBytes(XdpContext context) {
        Numbers n = context.packet(1, Numbers.class);
        if (n == null) {
            return -4;
        }
        byte local = n.unsignedOne;
        short two = n.bigTwo;
        return narrowed(n) + (taken(local) << 8) + (two << 16);
    }

    private static byte narrowed(Numbers n) {
        return n.unsignedOne;
    }

    private static int taken(byte number) {
        return number;
    }

    private static int choice(int number) {
        return switch (number & 15) {
            case 0 -> 10;
            case 1, 2 -> number * 3;
            case 7 -> -1;
            default -> {
                int bits = 0;
                for (int rest = number; rest != 0 && bits < 8; rest >>= 1) {
                    bits++;
                }
                yield bits;
            }
        };
    }
}
