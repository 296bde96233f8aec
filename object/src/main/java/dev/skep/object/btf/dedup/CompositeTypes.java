package dev.skep.object.btf.dedup;

import dev.skep.object.btf.BtfType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Structs and unions: the same if they have the same shape and nothing that can be reached from them differs. */
final class CompositeTypes {
    private final CanonicalTypes canonical;
    private final WorkLimit limit;
    private final Map<Integer, List<Integer>> byShape = new HashMap<>();

    CompositeTypes(CanonicalTypes canonical, WorkLimit limit) {
        this.canonical = canonical;
        this.limit = limit;
    }

    /** Decides for all structs and unions, and with them for forward declarations that turn out to mean one. */
    void run() {
        for (int id = 1; id < canonical.count(); id++) {
            if (canonical.type(id) instanceof BtfType.Composite t
                    && (id < canonical.firstOwn() || !canonical.isDecided(id))) {
                place(id, t);
            }
        }
    }

    private void place(int id, BtfType.Composite type) {
        List<Integer> candidates = byShape.computeIfAbsent(Shapes.hash(type), _ -> new ArrayList<>(1));
        if (id >= canonical.firstOwn()) {
            for (int candidate : candidates) {
                limit.step();
                if (Shapes.same(type, canonical.type(candidate)) && merged(id, candidate)) {
                    canonical.decide(id, candidate);
                    return;
                }
            }
            canonical.decide(id, id);
        }
        candidates.add(id);
    }

    private boolean merged(int id, int candidate) {
        Equivalence equivalence = new Equivalence(canonical, limit);
        if (!equivalence.holds(id, candidate)) {
            return false;
        }
        equivalence.decide();
        return !equivalence.needsBaseChanged();
    }
}
