package dev.skep.engine.map;

import dev.skep.engine.memory.Sandbox;
import dev.skep.object.map.MapSpec;

/**
 * What {@code struct bpf_map *} points to in the engine: six 32-bit numbers that a program may read. They have the names of
 * the fields of the kernel's structure (include/linux/bpf.h), in an order of the engine's own.
 */
final class MapDescriptor {
    private static final int MAP_TYPE = 0;
    private static final int KEY_SIZE = 4;
    private static final int VALUE_SIZE = 8;
    private static final int MAX_ENTRIES = 12;
    private static final int MAP_FLAGS = 16;
    private static final int ID = 20;
    private static final int SIZE = 24;

    private MapDescriptor() {}

    /** Allocates and fills the structure of a map. */
    static long write(MapSpec spec, int id, MapBlocks blocks, Sandbox sandbox) {
        long address = blocks.allocate(SIZE, false, "struct bpf_map");
        sandbox.putInt(address + MAP_TYPE, spec.type().number());
        sandbox.putInt(address + KEY_SIZE, spec.keySize());
        sandbox.putInt(address + VALUE_SIZE, spec.valueSize());
        sandbox.putInt(address + MAX_ENTRIES, spec.maxEntries());
        sandbox.putInt(address + MAP_FLAGS, spec.flags());
        sandbox.putInt(address + ID, id);
        return address;
    }

    /** The map number at {@code address}; anything at all if that is no map's structure. */
    static int idAt(Sandbox sandbox, long address) {
        return sandbox.getInt(address + ID);
    }
}
