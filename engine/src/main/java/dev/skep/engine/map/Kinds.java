package dev.skep.engine.map;

import dev.skep.object.map.MapSpec;

/** Which class is which kind of map. */
final class Kinds {
    private Kinds() {}

    /** @param spec checked already */
    static EngineMap create(MapSpec spec, MapHome home) {
        return switch (spec.type()) {
            case ARRAY -> new ArrayMap(spec, home);
            case PERCPU_ARRAY -> new PerCpuArrayMap(spec, home);
            case HASH, LRU_HASH -> new PlainHashMap(spec, home);
            case PERCPU_HASH, LRU_PERCPU_HASH -> new PerCpuHashMap(spec, home);
            default -> throw new AssertionError(spec.type());
        };
    }
}
