package dev.skep.object.btf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the types that one BTF itself holds by name. The first few searches look at every type, since making a
 * {@link NameIndex} costs about as much as ten of them, and most programs search for a type or two.
 */
final class NameSearch {
    private static final int SEARCHES_WITHOUT_INDEX = 8;

    /** Types looked at in one call: see {@link TypeIndexer} for why. */
    private static final int CHUNK = 64;

    private final Btf btf;
    private int searches;
    /** Two threads may both make it, and either result does. */
    private @Nullable NameIndex index;

    NameSearch(Btf btf) {
        this.btf = btf;
    }

    /** The ids of the types named {@code name}, ascending; none for "". */
    int[] find(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            return new int[0];
        }
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        if (text.length > BtfSection.MAXIMUM_NAME) {
            return new int[0];
        }
        NameIndex made = index;
        if (made == null && searches++ < SEARCHES_WITHOUT_INDEX) {
            return btf.base().isPresent() ? scan(id -> btf.nameEquals(id, text)) : btf.findNames(text);
        }
        if (made == null) {
            made = new NameIndex(btf);
            index = made;
        }
        return made.find(text);
    }

    /** The ids of the types whose names contain {@code part}, which must not be empty, ascending. */
    int[] findContaining(String part) {
        byte[] text = part.getBytes(StandardCharsets.UTF_8);
        return scan(id -> btf.stringContains(btf.nameOffset(id), text));
    }

    private int[] scan(IntPredicate wanted) {
        int count = btf.typeCount();
        int[] found = new int[CHUNK];
        int length = 0;
        for (int id = btf.firstId(); id < count; id += CHUNK) {
            if (found.length - length < CHUNK) {
                found = Arrays.copyOf(found, found.length * 2);
            }
            length = scanChunk(id, Math.min(id + CHUNK, count), wanted, found, length);
        }
        return Arrays.copyOf(found, length);
    }

    private static int scanChunk(int from, int to, IntPredicate wanted, int[] found, int alreadyFound) {
        int length = alreadyFound;
        for (int id = from; id < to; id++) {
            if (wanted.test(id)) {
                found[length++] = id;
            }
        }
        return length;
    }
}
