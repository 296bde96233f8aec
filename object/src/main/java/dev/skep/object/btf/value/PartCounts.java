package dev.skep.object.btf.value;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import java.util.HashMap;
import java.util.Map;

/**
 * Into how many parts values of a type come apart. A type with more than {@link #MAXIMUM} is left in one piece, and counts
 * as one part where it is used; so no value has more, not even one of a forged type whose parts share their bytes.
 */
final class PartCounts {
    static final int MAXIMUM = 1 << 20;

    private final Btf btf;
    private final Map<Integer, Long> counts = new HashMap<>();

    PartCounts(Btf btf) {
        this.btf = btf;
    }

    /** Whether values of the type have more parts than can be shown. @param depth how deep the type is nested already */
    boolean tooMany(int id, int depth) {
        return count(id, depth) > MAXIMUM;
    }

    private long count(int id, int depth) {
        if (depth > BtfValueReader.MAXIMUM_DEPTH) {
            return 1;
        }
        int stripped = btf.strip(id);
        Long known = counts.get(stripped);
        if (known != null) {
            return known;
        }
        long count = switch (btf.type(stripped)) {
            case BtfType.Array t -> 1 + t.length() * asPart(t.element(), depth);
            case BtfType.Composite t -> {
                long sum = 1;
                for (BtfType.Member member : t.members()) {
                    sum += asPart(member.type(), depth);
                }
                yield sum;
            }
            default -> 1;
        };
        counts.put(stripped, count);
        return count;
    }

    private long asPart(int id, int depth) {
        long count = count(id, depth + 1);
        return count > MAXIMUM ? 1 : count;
    }
}
