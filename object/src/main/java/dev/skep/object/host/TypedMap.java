package dev.skep.object.host;

import dev.skep.object.map.MapType;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A map with Java values for keys and values: a view of a {@link BpfMap}, holding nothing itself. For kinds without keys
 * (queue, stack) the key's codec is {@code Codec.bytes(0)}; for per-CPU kinds the value's is {@link Codec#perCpu}.
 *
 * <p>Throws {@link HostException} as the map does.
 *
 * @param <K> keys
 * @param <V> values
 */
public final class TypedMap<K, V> {
    private final BpfMap map;
    private final Codec<K> keys;
    private final Codec<V> values;

    private TypedMap(BpfMap map, Codec<K> keys, Codec<V> values) {
        this.map = map;
        this.keys = keys;
        this.values = values;
    }

    /** A view of {@code map}. @throws IllegalArgumentException if the codecs' sizes are not the map's */
    public static <K, V> TypedMap<K, V> of(BpfMap map, Codec<K> keys, Codec<V> values) {
        if (keys.size() != map.spec().keySize()) {
            throw new IllegalArgumentException("map " + map.spec().name() + " has keys of "
                    + map.spec().keySize() + " bytes, the codec of " + keys.size());
        }
        int size = map.spec().valueSize();
        boolean fits = isPerCpu(map.spec().type()) ? values.size() % ((size + 7) & ~7) == 0 : values.size() == size;
        if (!fits) {
            throw new IllegalArgumentException(
                    "map " + map.spec().name() + " has values of " + size + " bytes, the codec of " + values.size());
        }
        return new TypedMap<>(map, keys, values);
    }

    private static boolean isPerCpu(MapType type) {
        return switch (type) {
            case PERCPU_ARRAY, PERCPU_HASH, LRU_PERCPU_HASH, PERCPU_CGROUP_STORAGE -> true;
            default -> false;
        };
    }

    /** The map below. */
    public BpfMap raw() {
        return map;
    }

    /** The value of a key. */
    public Optional<V> get(K key) {
        return map.lookup(keys.encode(key)).map(values::decode);
    }

    /** Stores a value, creating or replacing. */
    public void put(K key, V value) {
        map.update(keys.encode(key), values.encode(value), BpfMap.ANY);
    }

    /** Stores a value if the key is not there. @return false if it is */
    public boolean putIfAbsent(K key, V value) {
        return tryUpdate(key, value, BpfMap.NOEXIST, Errno.EEXIST);
    }

    /** Stores a value if the key is there. @return false if it is not */
    public boolean replace(K key, V value) {
        return tryUpdate(key, value, BpfMap.EXIST, Errno.ENOENT);
    }

    private boolean tryUpdate(K key, V value, long flags, Errno expected) {
        try {
            map.update(keys.encode(key), values.encode(value), flags);
            return true;
        } catch (HostException e) {
            if (e.errno() == expected) {
                return false;
            }
            throw e;
        }
    }

    /** Removes a key. @return false if it was not there */
    public boolean remove(K key) {
        return map.delete(keys.encode(key));
    }

    /** Removes a key and returns its value. */
    public Optional<V> take(K key) {
        return map.lookupAndDelete(keys.encode(key)).map(values::decode);
    }

    /**
     * Shows every entry that is there from the beginning to the end of the walk. Entries that come and go meanwhile may be
     * shown or not; if the entry the walk stands on goes, a hash map begins again, so entries may be shown twice.
     */
    public void forEach(BiConsumer<K, V> action) {
        Optional<byte[]> at = map.nextKey(Optional.empty());
        while (at.isPresent()) {
            byte[] key = at.get();
            Optional<byte[]> value = map.lookup(key);
            at = map.nextKey(at);
            value.ifPresent(bytes -> action.accept(keys.decode(key), values.decode(bytes)));
        }
    }

    /** The value of a key that has to be there. @throws NoSuchElementException if it is not */
    public V require(K key) {
        return get(key).orElseThrow(
                        () -> new NoSuchElementException("map " + map.spec().name() + " has no entry for " + key));
    }
}
