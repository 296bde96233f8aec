package dev.skep.engine.map;

import dev.skep.engine.direct.DirectMemory;
import dev.skep.engine.memory.Sandbox;

/**
 * Bob Jenkins' lookup3 hash (public domain, burtleburtle.net/bob/c/lookup3.c) of sandbox bytes, which the kernel calls {@code
 * jhash} ({@code jhash2} for whole words: the same numbers on a little-endian machine). With the same seed it gives the
 * kernel's numbers, so that a map with {@code BPF_F_ZERO_SEED} iterates in the kernel's order.
 */
final class Jenkins {
    private static final int INITIAL = 0xdeadbeef;
    private static final int BLOCK = 12;

    private Jenkins() {}

    /** The hash of {@code length} bytes from {@code address}. */
    static int hash(Sandbox memory, long address, int length, int seed) {
        return hash(DirectMemory.of(memory), address, length, seed);
    }

    /** The same, where a constant length makes it straight-line code. */
    static int hash(DirectMemory memory, long address, int length, int seed) {
        int a = INITIAL + length + seed;
        int b = a;
        int c = a;
        long at = address;
        int left = length;
        while (left > BLOCK) {
            a += memory.getInt(at);
            b += memory.getInt(at + 4);
            c += memory.getInt(at + 8);
            a = (a - c) ^ Integer.rotateLeft(c, 4);
            c += b;
            b = (b - a) ^ Integer.rotateLeft(a, 6);
            a += c;
            c = (c - b) ^ Integer.rotateLeft(b, 8);
            b += a;
            a = (a - c) ^ Integer.rotateLeft(c, 16);
            c += b;
            b = (b - a) ^ Integer.rotateLeft(a, 19);
            a += c;
            c = (c - b) ^ Integer.rotateLeft(b, 4);
            b += a;
            left -= BLOCK;
            at += BLOCK;
        }
        if (left == 0) {
            return c;
        }
        return finish(
                a + word(memory, at, left), b + word(memory, at + 4, left - 4), c + word(memory, at + 8, left - 8));
    }

    /** The next four bytes, as if followed by zeros. */
    private static int word(DirectMemory memory, long at, int available) {
        if (available >= 4) {
            return memory.getInt(at);
        }
        int word = 0;
        for (int i = available - 1; i >= 0; i--) {
            word = (word << 8) | (memory.getByte(at + i) & 0xff);
        }
        return word;
    }

    private static int finish(int first, int second, int third) {
        int a = first;
        int b = second;
        int c = third;
        c = (c ^ b) - Integer.rotateLeft(b, 14);
        a = (a ^ c) - Integer.rotateLeft(c, 11);
        b = (b ^ a) - Integer.rotateLeft(a, 25);
        c = (c ^ b) - Integer.rotateLeft(b, 16);
        a = (a ^ c) - Integer.rotateLeft(c, 4);
        b = (b ^ a) - Integer.rotateLeft(a, 14);
        return (c ^ b) - Integer.rotateLeft(b, 24);
    }
}
