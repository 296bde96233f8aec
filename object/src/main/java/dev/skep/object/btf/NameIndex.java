package dev.skep.object.btf;

import java.util.Arrays;

/**
 * Finds the types of one section by name without holding any name: ids in buckets by the hash of the name's bytes.
 *
 * <p>A counting sort puts all ids of a bucket next to each other, ascending, in one array; about two named types share a
 * bucket. For a kernel of 127,000 types (76,000 with a name) the arrays take 0.5 MiB.
 */
final class NameIndex {
    private final Btf btf;
    private final int[] bucketStarts;
    private final int[] ids;

    /** Indexes the types that {@code btf} itself holds, not those of its base. */
    NameIndex(Btf btf) {
        this.btf = btf;
        int first = btf.firstId();
        int count = btf.typeCount() - first;
        int[] buckets = new int[count];
        int named = 0;
        int bucketCount = Math.max(1, Integer.highestOneBit(Math.max(1, count / 2)));
        int[] starts = new int[bucketCount];
        for (int i = 0; i < count; i++) {
            int nameOffset = btf.nameOffset(first + i);
            if (nameOffset == 0) {
                buckets[i] = -1;
            } else {
                buckets[i] = bucket(btf.nameHash(nameOffset), bucketCount);
                starts[buckets[i]]++;
                named++;
            }
        }
        for (int i = 1; i < bucketCount; i++) {
            starts[i] += starts[i - 1];
        }
        int[] sorted = new int[named];
        for (int i = count - 1; i >= 0; i--) {
            if (buckets[i] >= 0) {
                sorted[--starts[buckets[i]]] = first + i;
            }
        }
        this.bucketStarts = starts;
        this.ids = sorted;
    }

    private static int bucket(int hash, int bucketCount) {
        return (hash ^ hash >>> 15) & (bucketCount - 1);
    }

    /** The ids of the types with a name of these bytes, ascending. @param name not empty, without NUL */
    int[] find(byte[] name) {
        int bucket = bucket(BtfSection.hash(name), bucketStarts.length);
        int start = bucketStarts[bucket];
        int end = bucket + 1 < bucketStarts.length ? bucketStarts[bucket + 1] : ids.length;
        int[] found = new int[end - start];
        int count = 0;
        for (int i = start; i < end; i++) {
            if (btf.nameEquals(ids[i], name)) {
                found[count++] = ids[i];
            }
        }
        return Arrays.copyOf(found, count);
    }
}
