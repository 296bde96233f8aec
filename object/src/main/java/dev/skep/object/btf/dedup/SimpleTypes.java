package dev.skep.object.btf.dedup;

import dev.skep.object.btf.BtfType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Types that refer to no others: numbers, enumerations and forward declarations. They mean the same if they are the same;
 * and a forward declaration of an enumeration means any enumeration of its name.
 */
final class SimpleTypes {
    private final CanonicalTypes canonical;
    private final Map<BtfType, Integer> known = new HashMap<>();
    private final Map<String, List<Integer>> enumerations = new HashMap<>();

    SimpleTypes(CanonicalTypes canonical) {
        this.canonical = canonical;
    }

    /** Decides for all types of these kinds. */
    void run() {
        for (int id = 1; id < canonical.count(); id++) {
            switch (canonical.type(id)) {
                case BtfType.Int _, BtfType.Float _, BtfType.Forward _ -> equalTo(id);
                case BtfType.Enumeration t -> enumeration(id, t);
                default -> {}
            }
        }
    }

    private void equalTo(int id) {
        int first = known.merge(canonical.type(id), id, (earlier, _) -> earlier);
        if (id >= canonical.firstOwn()) {
            canonical.decide(id, first);
        }
    }

    private void enumeration(int id, BtfType.Enumeration type) {
        Integer equal = known.putIfAbsent(type, id);
        boolean own = id >= canonical.firstOwn();
        if (equal != null && own) {
            canonical.decide(id, equal);
            return;
        }
        int chosen = id;
        if (!type.name().isEmpty()) {
            List<Integer> candidates = enumerations.computeIfAbsent(type.name(), _ -> new ArrayList<>(1));
            chosen = own ? compatible(id, type, candidates) : id;
            if (chosen == id) {
                candidates.add(id);
            }
        }
        if (own) {
            canonical.decide(id, chosen);
        }
    }

    /** The first of the enumerations of the same name that stands for {@code id}; {@code id} if none does. */
    private int compatible(int id, BtfType.Enumeration type, List<Integer> candidates) {
        for (int candidate : candidates) {
            if (isForward(type)) {
                return candidate;
            }
            if (isForward((BtfType.Enumeration) canonical.type(candidate)) && candidate >= canonical.firstOwn()) {
                canonical.decide(candidate, id);
            }
        }
        return id;
    }

    /** Whether an enumeration is only declared. */
    static boolean isForward(BtfType.Enumeration type) {
        return type.enumerators().isEmpty();
    }

    /** Whether two enumerations are equal, or one is only declared and has the name of the other. */
    static boolean compatible(BtfType.Enumeration one, BtfType.Enumeration other) {
        return one.equals(other) || (one.name().equals(other.name()) && (isForward(one) || isForward(other)));
    }
}
