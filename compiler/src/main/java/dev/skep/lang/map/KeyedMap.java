package dev.skep.lang.map;

import dev.skep.lang.NotInJavaException;
import java.util.Iterator;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A map whose values are found by keys. Hash maps and arrays can be gone through by a {@code for} loop:
 *
 * <pre>{@code
 * for (var entry : flows) {
 *     if (entry.value() < oldest) {
 *         flows.delete(entry.key());
 *     }
 * }
 * }</pre>
 *
 * <p>The loop sees the entries in no particular order, the values of this CPU if the map is one per CPU; what is put in meanwhile may be
 * missed. Since Linux 5.13; small arrays anywhere.
 */
public abstract class KeyedMap<K, V> extends BpfMap implements Iterable<Entry<K, V>> {
    /** For subclasses. @param maxEntries the most entries it can have */
    protected KeyedMap(int maxEntries) {
        super(maxEntries);
    }

    /**
     * The value of a key, {@code null} if there is none. It is the one in the map: changing a field changes it for all, and reading a
     * number ({@code Long}) reads the map each time.
     */
    public final @Nullable V lookup(K key) {
        throw new NotInJavaException("lookup");
    }

    /** Sets the value of a key, whether it has one or not. @return 0, or a negative error number if there is no room */
    public final int put(K key, V value) {
        throw new NotInJavaException("put");
    }

    /** Sets the value of a key that has none. @return 0, or a negative error number if it has one or there is no room */
    public final int putIfAbsent(K key, V value) {
        throw new NotInJavaException("putIfAbsent");
    }

    /** Sets the value of a key that has one. @return 0, or a negative error number if it has none */
    public final int replace(K key, V value) {
        throw new NotInJavaException("replace");
    }

    /** Forgets a key. @return 0, or a negative error number if it has no value, or the map cannot forget */
    public final int delete(K key) {
        throw new NotInJavaException("delete");
    }

    /**
     * Adds to a value that is an {@code Integer} or {@code Long}, atomically; a key without value counts as 0 and gets one if there
     * is room.
     */
    public final void add(K key, long amount) {
        throw new NotInJavaException("add");
    }

    /**
     * Calls {@code action} with each key and value, in no particular order (since Linux 5.13). The values are those in the map, those
     * of this CPU if the map is one per CPU; what is put in meanwhile may be missed. Hash maps and arrays only.
     *
     * @return how many it was called with
     */
    public final int forEach(BiConsumer<? super K, ? super V> action) {
        throw new NotInJavaException("forEach");
    }

    /** Like {@link #forEach}, until {@code action} returns {@code false}. @return how many it was called with */
    public final int forEachWhile(BiPredicate<? super K, ? super V> action) {
        throw new NotInJavaException("forEachWhile");
    }

    /** Calls {@code action} with each entry, as a {@code for} loop goes through them. */
    @Override
    public final void forEach(Consumer<? super Entry<K, V>> action) {
        for (Entry<K, V> entry : this) {
            action.accept(entry);
        }
    }

    /** For a {@code for} loop. In BPF it can be used for nothing else. */
    @Override
    public final Iterator<Entry<K, V>> iterator() {
        return new MapEntries<>(this, keys());
    }

    /** The keys that it has. */
    private Iterable<K> keys() {
        throw new NotInJavaException("keys");
    }
}
