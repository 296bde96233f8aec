package dev.skep.lang.map;

import dev.skep.lang.NotInJavaException;
import org.jspecify.annotations.Nullable;

/**
 * Maps by keys. User space puts them in. Since Linux 4.12.
 *
 * <pre>{@code
 * static final HashOfMaps<Integer, ArrayMap<Long>> byTenant = new HashOfMaps<>(64, new ArrayMap<>(16));
 * }</pre>
 */
@MapKind("HASH_OF_MAPS")
public final class HashOfMaps<K, M extends BpfMap> extends BpfMap {
    private final M template;

    /**
     * A map.
     *
     * @param maxEntries the most entries it can have, a constant
     * @param template a new map of the kind and the size that the inner maps have; programs see inner maps as this one
     */
    public HashOfMaps(int maxEntries, M template) {
        super(maxEntries);
        this.template = template;
    }

    /** What inner maps are like. */
    public M template() {
        return template;
    }

    /** The map of a key, {@code null} if there is none. */
    public @Nullable M lookup(K key) {
        throw new NotInJavaException("lookup");
    }
}
