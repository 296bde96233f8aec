package dev.skep.engine.map;

import dev.skep.engine.memory.Sandbox;

/**
 * Room in the sandbox for the keys and values of the user's side on their way, so that a map's operations exist only once,
 * on sandbox addresses. Allocated when first used; used under the map's lock.
 */
final class Staging {
    private final MapBlocks blocks;
    private final Sandbox sandbox;
    private long key;
    private long nextKey;
    private long value;
    private int valueRoom;

    Staging(MapBlocks blocks, Sandbox sandbox) {
        this.blocks = blocks;
        this.sandbox = sandbox;
    }

    /** Copies a key in. */
    long key(byte[] bytes) {
        if (key == 0) {
            key = blocks.allocate(bytes.length, false, "user's key");
        }
        sandbox.write(bytes, 0, key, bytes.length);
        return key;
    }

    /** Room for a key that comes out. */
    long nextKey(int size) {
        if (nextKey == 0) {
            nextKey = blocks.allocate(size, false, "next key");
        }
        return nextKey;
    }

    /** Copies a value in. */
    long value(byte[] bytes) {
        if (value == 0 || valueRoom < bytes.length) {
            value = blocks.allocate(bytes.length, false, "user's value");
            valueRoom = bytes.length;
        }
        sandbox.write(bytes, 0, value, bytes.length);
        return value;
    }
}
