package dev.skep.object.map;

/** Sizes that a host settles when it creates a map, because they depend on the machine (libbpf's {@code map_set_def_max_entries}). */
public final class MapSizes {
    /** Beyond this a power of two is no positive {@code int} any more. */
    private static final int LARGEST_RING = 1 << 30;

    private MapSizes() {}

    /**
     * The map as it is created: a perf event array has an entry for each CPU unless the source says otherwise, and a ring buffer
     * holds the next power of two of whole pages. A ring that is too large stays as it is, to be refused with its own number.
     *
     * @param cpus number of possible CPUs @param pageSize in bytes, a power of two
     */
    public static MapSpec settled(MapSpec spec, int cpus, int pageSize) {
        return switch (spec.type()) {
            case PERF_EVENT_ARRAY -> spec.maxEntries() == 0 ? spec.withMaxEntries(cpus) : spec;
            case RINGBUF, USER_RINGBUF -> spec.withMaxEntries(ring(spec.maxEntries(), pageSize));
            default -> spec;
        };
    }

    private static int ring(int wanted, int pageSize) {
        if (wanted <= 0 || wanted > LARGEST_RING) {
            return wanted;
        }
        return Integer.highestOneBit(Math.max(pageSize, wanted) - 1) << 1;
    }
}
