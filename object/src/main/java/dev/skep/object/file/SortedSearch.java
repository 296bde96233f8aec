package dev.skep.object.file;

import java.util.List;
import java.util.function.ToLongFunction;

/** Looks up places in lists that are sorted by place. */
final class SortedSearch {
    private SortedSearch() {}

    /** The index of the first element whose place is {@code least} or more; the size if there is none. */
    static <T> int firstFrom(List<T> sorted, ToLongFunction<T> place, long least) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (place.applyAsLong(sorted.get(middle)) < least) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
