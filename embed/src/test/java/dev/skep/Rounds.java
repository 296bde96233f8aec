package dev.skep;

import dev.skep.lang.Length;
import dev.skep.lang.Loop;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.ArrayMap;
import dev.skep.lang.program.Xdp;
import org.jspecify.annotations.Nullable;

/** Loops whose number of rounds depends on the packet, which the kernel limits. */
final class Rounds {
    /** The packet's first bytes. */
    static final class Bytes extends Struct {
        @Length(14)
        @Unsigned
        byte[] all;
    }

    /** An element of a list. */
    static final class Node extends Struct {
        int next;
        int visits;
    }

    static final class Sum extends Struct {
        long total;
    }

    static final ArrayMap<Node> nodes = new ArrayMap<>(256);
    static final Bytes current = new Bytes();

    private Rounds() {}

    /** The packet's bytes; those of a copy may be looked at by an index that is not known before. */
    private static @Nullable Bytes bytes(XdpContext context) {
        Bytes bytes = context.packet(0, Bytes.class);
        if (bytes != null) {
            for (int i = 0; i < 14; i++) {
                current.all[i] = bytes.all[i];
            }
        }
        return bytes;
    }

    /** Makes lists, and follows one to its end; some have none. */
    @Xdp
    static int list(XdpContext context) {
        Bytes bytes = bytes(context);
        if (bytes == null) {
            return -1;
        }
        Node first = nodes.lookup((int) bytes.all[0]);
        if (first != null) {
            first.next = bytes.all[1] < bytes.all[0] ? bytes.all[1] : 0;
        }
        int length = 0;
        Node node = nodes.lookup((int) bytes.all[2]);
        while (node != null && Loop.mayContinue()) {
            node.visits++;
            length++;
            node = node.next == 0 ? null : nodes.lookup(node.next);
        }
        return length > 3 ? length + 1000 : length;
    }

    /** Counts far, with nothing but numbers. */
    @Xdp
    static int steps(XdpContext context) {
        Bytes bytes = bytes(context);
        if (bytes == null) {
            return -1;
        }
        int first = ((bytes.all[3] << 8) | bytes.all[4]) + 1;
        long number = first;
        int steps = 0;
        for (; number != 1; steps++) {
            if (!Loop.mayContinue()) {
                return -2;
            }
            number = (number & 1) == 0 ? number >> 1 : 3 * number + 1;
        }
        return steps < 100 ? steps : -steps;
    }

    /** What an index was compared with before the kernel was asked is not known afterwards. */
    @Xdp
    static int indexes(XdpContext context) {
        Bytes bytes = bytes(context);
        if (bytes == null) {
            return -1;
        }
        int end = bytes.all[0] % 20;
        long sum = 0;
        int i = 0;
        while (i < end && i < 14 && Loop.mayContinue()) {
            if (((bytes.all[1] >> (i & 7)) & 1) != 0) {
                sum = sum * 31 + current.all[i];
            }
            i++;
        }
        int at = 0;
        for (int rounds = bytes.all[2]; rounds > 0; rounds--) {
            int next = (at + bytes.all[3]) & 7;
            if (!Loop.mayContinue()) {
                break;
            }
            if ((sum & 1) != 0) {
                sum += current.all[next] ^ rounds;
            }
            sum = sum * 17 + at;
            at = next;
        }
        return (int) sum;
    }

    /** The same where ways through the loop that use no index are looked at first. */
    @Xdp
    static int rareIndexes(XdpContext context) {
        Bytes bytes = bytes(context);
        if (bytes == null) {
            return -1;
        }
        long sum = 0;
        int at = 0;
        for (int rounds = bytes.all[2]; rounds > 0; rounds--) {
            int next = (at + bytes.all[3] + rounds) & 7;
            if (!Loop.mayContinue()) {
                break;
            }
            if ((rounds & 3) == 1) {
                sum = sum * 7 + rounds;
            } else {
                sum += current.all[next];
            }
            if ((rounds & 5) != 1) {
                sum = sum * 5 + rounds;
            } else {
                sum ^= current.all[next ^ 1];
            }
            at = next;
        }
        return (int) sum;
    }

    private static int power(int base, int exponent) {
        int power = 1;
        for (int i = 0; i < exponent && Loop.mayContinue(); i++) {
            power *= base;
        }
        return power;
    }

    /** Loops in loops, and in a method. */
    @Xdp
    static int nested(XdpContext context) {
        Bytes bytes = bytes(context);
        if (bytes == null) {
            return -1;
        }
        int sum = 0;
        int outer = 0;
        do {
            for (int inner = outer; inner < bytes.all[5] && Loop.mayContinue(); inner += 7) {
                sum += current.all[inner & 7] * inner;
            }
            for (int few = 0; few < 4; few++) {
                sum ^= current.all[few + (outer & 3)];
            }
            sum += power(outer | 3, bytes.all[6] & 31);
            outer += 13;
        } while (outer < bytes.all[7] && Loop.mayContinue());
        return outer == 13 ? -sum : sum;
    }

    /** In what a helper calls. */
    @Xdp
    static int called(XdpContext context) {
        Bytes bytes = bytes(context);
        if (bytes == null) {
            return -1;
        }
        Sum sum = new Sum();
        int end = bytes.all[8];
        Loop.times(70, i -> {
            int at = i;
            while (at < end && Loop.mayContinue()) {
                sum.total += at;
                at += 11;
            }
        });
        return (int) sum.total;
    }
}
