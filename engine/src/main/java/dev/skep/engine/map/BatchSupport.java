package dev.skep.engine.map;

import dev.skep.object.map.MapType;

/** Which batch operations a kind has: the {@code map_*_batch} of its {@code struct bpf_map_ops} in the kernel (6.18). */
record BatchSupport(boolean lookup, boolean lookupAndDelete, boolean update, boolean delete) {
    private static final BatchSupport NONE = new BatchSupport(false, false, false, false);
    private static final BatchSupport ALL = new BatchSupport(true, true, true, true);

    static BatchSupport of(MapType type) {
        return switch (type) {
            case HASH, PERCPU_HASH, LRU_HASH, LRU_PERCPU_HASH, HASH_OF_MAPS -> ALL;
            case ARRAY, PERCPU_ARRAY, ARRAY_OF_MAPS -> new BatchSupport(true, false, true, false);
            case LPM_TRIE -> new BatchSupport(true, false, true, true);
            case SOCKMAP, SOCKHASH -> new BatchSupport(true, false, false, false);
            default -> NONE;
        };
    }
}
