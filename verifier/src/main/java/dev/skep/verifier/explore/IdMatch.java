package dev.skep.verifier.explore;

import dev.skep.verifier.scalar.Range;
import java.util.Arrays;

/**
 * Whether the ids of two states can be mapped one to one: which registers share an id matters, its number does not. Grows during a
 * comparison.
 */
final class IdMatch {
    private static final int MOST = 600;

    private int[] olds = new int[16];
    private int[] news = new int[16];
    private int count;
    private int fresh = Integer.MAX_VALUE;

    void clear() {
        count = 0;
        fresh = Integer.MAX_VALUE;
    }

    /** Both are 0, or each stands for the other wherever it appears. */
    boolean same(int old, int current) {
        if ((old == 0) != (current == 0)) {
            return false;
        }
        return old == 0 || map(old, current);
    }

    /** As {@link #same} for numbers, where no id is as good as one of its own. */
    boolean sameScalar(int old, int current) {
        return map(old != 0 ? old : fresh--, current != 0 ? current : fresh--);
    }

    private boolean map(int old, int current) {
        for (int i = 0; i < count; i++) {
            if (olds[i] == old) {
                return news[i] == current;
            }
            if (news[i] == current) {
                return false;
            }
        }
        if (count == MOST) {
            return false;
        }
        if (count == olds.length) {
            olds = Arrays.copyOf(olds, 2 * count);
            news = Arrays.copyOf(news, 2 * count);
        }
        olds[count] = old;
        news[count++] = current;
        return true;
    }

    /** Every value of {@code current} is one of {@code old}: what was shown for the old holds for the current. */
    static boolean within(Range old, Range current) {
        return old.contains(current);
    }
}
