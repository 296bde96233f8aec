package dev.skep.engine.memory;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The live regions by address. Looking one up takes no lock and costs the logarithm of their number. Regions never overlap.
 */
final class Regions {
    private final ConcurrentSkipListMap<Long, Region> byAddress = new ConcurrentSkipListMap<>();
    private final AtomicLong removals = new AtomicLong();

    void add(Region region) {
        byAddress.put(region.address(), region);
    }

    void remove(long address) {
        if (byAddress.remove(address) != null) {
            // After the removal: whoever has seen the new count looks the region up afresh.
            removals.incrementAndGet();
        }
    }

    /** Removes all that start in {@code from .. to-1}. */
    void removeFrom(long from, long to) {
        byAddress.subMap(from, to).clear();
        removals.incrementAndGet();
    }

    /** Grows with every removal: what was found live stays so while this number stays. */
    long removals() {
        return removals.get();
    }

    /** The region that {@code address} lies in, gaps between its elements included. */
    Optional<Region> at(long address) {
        return before(address).filter(region -> address < region.end());
    }

    /** The last region that starts at {@code address} or before. */
    Optional<Region> before(long address) {
        return Optional.ofNullable(byAddress.floorEntry(address)).map(Map.Entry::getValue);
    }

    /** The first region that starts after {@code address}. */
    Optional<Region> after(long address) {
        return Optional.ofNullable(byAddress.higherEntry(address)).map(Map.Entry::getValue);
    }
}
