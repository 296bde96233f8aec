package dev.skep.engine.map;

import dev.skep.engine.direct.DirectMemory;

/**
 * How the elements of a map lie in the sandbox: the value, the key, and behind it the link to the next element of the same bucket
 * and the key's hash. A record, so that HotSpot takes its numbers for constants where the map is one.
 *
 * @param base address of element 0
 * @param stride from one element to the next
 * @param keyOffset of the key in an element
 * @param keySize bytes
 */
record ElementLayout(DirectMemory memory, long base, int stride, int keyOffset, int keySize) {
    /** The link and the hash. */
    private static final int HEADER_SIZE = 8;

    static ElementLayout of(DirectMemory memory, long base, int keySize, int valueSize) {
        int keyOffset = ElementPool.roundUp(valueSize);
        return new ElementLayout(memory, base, stride(keySize, valueSize), keyOffset, keySize);
    }

    /** Bytes from one element to the next. */
    static int stride(int keySize, int valueSize) {
        return ElementPool.roundUp(valueSize) + ElementPool.roundUp(keySize) + HEADER_SIZE;
    }

    /** The address of an element's value. */
    long value(int element) {
        return base + (long) element * stride;
    }

    /** The address of an element's key. */
    long key(int element) {
        return value(element) + keyOffset;
    }

    /** The address of the link: the next element of the bucket plus one, 0 for none. */
    long link(int element) {
        return value(element) + stride - HEADER_SIZE;
    }

    /** The address of the hash. */
    long hash(int element) {
        return link(element) + Integer.BYTES;
    }

    /** True if the bytes at {@code other} are the element's key. */
    boolean hasKey(int element, long other) {
        long mine = key(element);
        return switch (keySize) {
            case 4 -> sameInt(mine, other, 0);
            case 8 -> sameLong(mine, other, 0);
            case 12 -> sameLong(mine, other, 0) && sameInt(mine, other, 8);
            case 16 -> sameLong(mine, other, 0) && sameLong(mine, other, 8);
            default -> sameBytes(mine, other);
        };
    }

    private boolean sameInt(long mine, long other, int at) {
        return memory.getInt(mine + at) == memory.getInt(other + at);
    }

    private boolean sameLong(long mine, long other, int at) {
        return memory.getLong(mine + at) == memory.getLong(other + at);
    }

    private boolean sameBytes(long mine, long other) {
        int at = 0;
        for (; at <= keySize - Long.BYTES; at += Long.BYTES) {
            if (!sameLong(mine, other, at)) {
                return false;
            }
        }
        for (; at < keySize; at++) {
            if (memory.getByte(mine + at) != memory.getByte(other + at)) {
                return false;
            }
        }
        return true;
    }
}
