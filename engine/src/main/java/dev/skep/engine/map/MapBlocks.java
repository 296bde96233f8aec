package dev.skep.engine.map;

import dev.skep.engine.memory.Sandbox;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.util.ArrayList;
import java.util.List;

/** The parts of the sandbox that belong to one map. */
final class MapBlocks {
    private final Sandbox sandbox;
    private final String map;
    private final List<Long> addresses = new ArrayList<>();

    MapBlocks(Sandbox sandbox, String map) {
        this.sandbox = sandbox;
        this.map = map;
    }

    /**
     * Zeroed elements in a row, as {@link Sandbox#allocate(long, long, long, boolean, String)} gives them.
     *
     * @throws InputException if they would not fit into an empty sandbox either
     */
    long allocate(long elementSize, long stride, long count, boolean writable, String what) {
        requireFit((double) stride * count);
        long address = sandbox.allocate(elementSize, stride, count, writable, what + " of map " + map);
        addresses.add(address);
        return address;
    }

    /** Zeroed bytes that programs have no business with: in checked mode they cannot touch them. */
    long allocateHidden(long size, String what) {
        long address = allocate(size, false, what);
        sandbox.hide(address);
        return address;
    }

    /** One zeroed block. */
    long allocate(long size, boolean writable, String what) {
        return allocate(size, Math.max(1, size), 1, writable, what);
    }

    /** Writable zeroed pages in a row, the first at a multiple of their size. */
    long allocatePages(long count, long pageSize, String what) {
        requireFit((double) count * pageSize);
        long address = sandbox.allocateAligned(count * pageSize, pageSize, true, what + " of map " + map);
        addresses.add(address);
        return address;
    }

    private void requireFit(double size) {
        if (size > Sandbox.LIMIT) {
            throw new InputException(
                    Location.in("map " + map),
                    "it needs " + (long) size + " bytes, the engine's sandbox has " + Sandbox.LIMIT,
                    "lower max_entries or the value size");
        }
    }

    /** Gives everything back to the sandbox. */
    void releaseAll() {
        addresses.forEach(sandbox::release);
        addresses.clear();
    }
}
