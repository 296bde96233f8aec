package dev.skep.lang.map;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The entries of a map on the JVM: of the keys that it had at the start those that still have a value. */
final class MapEntries<K, V> implements Iterator<Entry<K, V>> {
    private record Found<K, V>(K key, V value) implements Entry<K, V> {}

    private final KeyedMap<K, V> map;
    private final Iterator<K> keys;
    private @Nullable Entry<K, V> next;

    MapEntries(KeyedMap<K, V> map, Iterable<K> keys) {
        this.map = map;
        this.keys = keys.iterator();
    }

    @Override
    public boolean hasNext() {
        while (next == null && keys.hasNext()) {
            K key = keys.next();
            V value = map.lookup(key);
            next = value == null ? null : new Found<>(key, value);
        }
        return next != null;
    }

    @Override
    public Entry<K, V> next() {
        Entry<K, V> entry = hasNext() ? next : null;
        if (entry == null) {
            throw new NoSuchElementException("there are no more entries");
        }
        next = null;
        return entry;
    }
}
