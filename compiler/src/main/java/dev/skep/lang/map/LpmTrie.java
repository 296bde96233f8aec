package dev.skep.lang.map;

/**
 * Values by prefixes: of those that a key starts with, the longest counts. Keys are structs whose first field is an {@code int}, the
 * length of the prefix in bits, followed by the bytes. Since Linux 4.11.
 */
@MapKind(value = "LPM_TRIE", flags = 1)
public final class LpmTrie<K, V> extends KeyedMap<K, V> {
    /** A map. @param maxEntries the most entries it can have, a constant */
    public LpmTrie(int maxEntries) {
        super(maxEntries);
    }
}
