package dev.skep.lang.map;

import dev.skep.lang.NotInJavaException;
import org.jspecify.annotations.Nullable;

/**
 * Maps by numbers. User space puts them in, {@link Slots} at the start. Since Linux 4.12.
 *
 * <pre>{@code
 * static final ArrayOfMaps<HashMap<Key, Long>> tables = new ArrayOfMaps<>(4, new HashMap<>(1024));
 * }</pre>
 */
@MapKind("ARRAY_OF_MAPS")
public final class ArrayOfMaps<M extends BpfMap> extends BpfMap {
    private final M template;

    /**
     * A map.
     *
     * @param maxEntries how many numbers there are, a constant
     * @param template a new map of the kind and the size that the inner maps have; programs see inner maps as this one
     */
    public ArrayOfMaps(int maxEntries, M template) {
        super(maxEntries);
        this.template = template;
    }

    /** What inner maps are like. */
    public M template() {
        return template;
    }

    /** The map at a number, {@code null} if there is none. */
    public @Nullable M lookup(int index) {
        throw new NotInJavaException("lookup");
    }
}
