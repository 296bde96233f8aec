package dev.skep.engine.map;

import dev.skep.engine.direct.DirectMemory;

/**
 * Finds the longest stored prefix of a bit string in a {@link PrefixTrie}. A node is an element: its key is its prefix, the length
 * first, and behind the key are the links to its two children, plus one, 0 for none.
 *
 * @param root address of the link to the root
 * @param longest the longest prefix there can be, in bits
 */
record PrefixLookup(DirectMemory memory, ElementLayout nodes, long root, int longest) implements ElementLookup {
    /** In a node's length: it only joins two others and holds no entry. */
    static final int JOINS = 1 << 31;

    /** Of the prefix length at the start of a key. */
    static final int LENGTH_SIZE = 4;

    /** The address of the link to a child, 0 or 1. */
    long child(int node, int bit) {
        return nodes.link(node) + (long) bit * Integer.BYTES;
    }

    /** The node a link leads to, or {@link ElementPool#NONE}. */
    int node(long link) {
        return memory.getIntAcquire(link) - 1;
    }

    /** The length of a node's prefix. */
    int length(int node) {
        return memory.getInt(nodes.key(node)) & ~JOINS;
    }

    /** True if the node holds an entry. */
    boolean isEntry(int node) {
        return memory.getInt(nodes.key(node)) >= 0;
    }

    /** Bit {@code position} of a key, from the first byte's highest on. */
    int bit(long key, int position) {
        return memory.getByte(key + LENGTH_SIZE + (position >>> 3)) >>> (7 - (position & 7)) & 1;
    }

    /** How many of the first {@code most} bits two keys have in common. */
    int common(long key, long other, int most) {
        int at = 0;
        for (; most - at > Integer.SIZE; at += Integer.SIZE) {
            int difference = word(key, at) ^ word(other, at);
            if (difference != 0) {
                return at + Integer.numberOfLeadingZeros(difference);
            }
        }
        int rest = most - at;
        // Shifting by 32 or more would shift by less.
        int difference = (int) ((word(key, at) ^ word(other, at)) & (-1L << (Integer.SIZE - rest)));
        return difference == 0 ? most : at + Integer.numberOfLeadingZeros(difference);
    }

    /** 32 bits of a key from a byte's first on. Keys have room for whole words. */
    private int word(long key, int position) {
        return Integer.reverseBytes(memory.getInt(key + LENGTH_SIZE + (position >>> 3)));
    }

    @Override
    public long find(long key, int cpu) {
        int keyLength = memory.getInt(key);
        if (Integer.compareUnsigned(keyLength, longest) > 0) {
            return 0;
        }
        int found = ElementPool.NONE;
        int node = node(root);
        // As deep as the longest prefix; deeper are only links that a program which was not verified has spoilt.
        for (int left = longest + 1; node != ElementPool.NONE && left > 0; left--) {
            long prefix = nodes.key(node);
            int lengthAndKind = memory.getInt(prefix);
            int length = lengthAndKind & ~JOINS;
            if (length > keyLength || common(prefix, key, length) < length) {
                break;
            }
            found = lengthAndKind >= 0 ? node : found;
            if (length == keyLength) {
                break;
            }
            node = node(child(node, bit(key, length)));
        }
        return found == ElementPool.NONE ? 0 : nodes.value(found);
    }
}
