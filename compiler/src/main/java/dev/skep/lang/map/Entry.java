package dev.skep.lang.map;

/**
 * A key of a map and its value, in a {@code for} loop over the map. The value is the one in the map, as {@code lookup} finds it; a key
 * that is a struct must not be kept beyond its round.
 */
public interface Entry<K, V> {
    /** The key. */
    K key();

    /** The value. */
    V value();
}
