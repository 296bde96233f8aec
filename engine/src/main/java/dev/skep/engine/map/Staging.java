package dev.skep.engine.map;

import dev.skep.engine.memory.Sandbox;

/**
 * Room in the sandbox for the keys and values of the user's side on their way, so that a map's operations exist only once,
 * on sandbox addresses. Allocated when first used; used under the map's lock.
 */
final class Staging {
    private final Slot key;
    private final Slot nextKey;
    private final Slot value;
    private final Sandbox sandbox;

    Staging(MapBlocks blocks, Sandbox sandbox) {
        this.sandbox = sandbox;
        this.key = new Slot(blocks, "user's key");
        this.nextKey = new Slot(blocks, "next key");
        this.value = new Slot(blocks, "user's value");
    }

    /** Copies a key in. */
    long key(byte[] bytes) {
        long address = key.room(bytes.length);
        sandbox.write(bytes, 0, address, bytes.length);
        return address;
    }

    /** Room for a key that comes out. */
    long nextKey(int size) {
        return nextKey.room(size);
    }

    /** Copies a value in. */
    long value(byte[] bytes) {
        long address = value.room(bytes.length);
        sandbox.write(bytes, 0, address, bytes.length);
        return address;
    }

    private static final class Slot {
        private final MapBlocks blocks;
        private final String what;
        private long address;
        private int size = -1;

        Slot(MapBlocks blocks, String what) {
            this.blocks = blocks;
            this.what = what;
        }

        long room(int needed) {
            if (size < needed) {
                address = blocks.allocate(needed, false, what);
                size = needed;
            }
            return address;
        }
    }
}
