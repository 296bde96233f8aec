package dev.skep.engine.memory;

import java.util.Comparator;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The free parts of an address space. Taking the smallest hole that fits and giving one back (merged with its neighbours)
 * both cost the logarithm of the number of holes. Not thread-safe.
 */
final class Holes {
    private record Hole(long address, long size) {}

    private static final Comparator<Hole> BY_SIZE =
            Comparator.comparingLong(Hole::size).thenComparingLong(Hole::address);

    private final TreeMap<Long, Hole> byAddress = new TreeMap<>();
    private final TreeSet<Hole> bySize = new TreeSet<>(BY_SIZE);

    Holes(long start, long end) {
        add(new Hole(start, end - start));
    }

    /**
     * Takes {@code size} bytes out of the smallest hole that has them.
     *
     * @param alignment a power of two
     * @return where they start, or empty if no hole is large enough
     */
    OptionalLong take(long size, long alignment) {
        // The smallest hole that fits wherever it starts; else any that happens to start well enough.
        Hole hole = bySize.ceiling(new Hole(0, size + alignment - 1));
        if (hole == null) {
            hole = bySize.tailSet(new Hole(0, size)).stream()
                    .filter(h -> aligned(h.address, alignment) + size <= h.address + h.size)
                    .findFirst()
                    .orElse(null);
        }
        if (hole == null) {
            return OptionalLong.empty();
        }
        remove(hole);
        long start = aligned(hole.address, alignment);
        long end = start + size;
        if (start > hole.address) {
            add(new Hole(hole.address, start - hole.address));
        }
        if (end < hole.address + hole.size) {
            add(new Hole(end, hole.address + hole.size - end));
        }
        return OptionalLong.of(start);
    }

    /** Gives back what {@link #take} took. */
    void give(long address, long size) {
        long start = address;
        long end = address + size;
        Map.Entry<Long, Hole> before = byAddress.lowerEntry(address);
        if (before != null && before.getKey() + before.getValue().size == address) {
            start = before.getKey();
            remove(before.getValue());
        }
        Hole after = byAddress.get(end);
        if (after != null) {
            end += after.size;
            remove(after);
        }
        add(new Hole(start, end - start));
    }

    /** The number of separate holes. */
    int count() {
        return byAddress.size();
    }

    private void add(Hole hole) {
        byAddress.put(hole.address, hole);
        bySize.add(hole);
    }

    private void remove(Hole hole) {
        byAddress.remove(hole.address);
        bySize.remove(hole);
    }

    private static long aligned(long address, long alignment) {
        return (address + alignment - 1) & -alignment;
    }
}
