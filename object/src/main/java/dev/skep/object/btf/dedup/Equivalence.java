package dev.skep.object.btf.dedup;

import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.TypeReferences;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Whether two types mean the same with all that can be reached from them. The graphs have cycles (a list node points to
 * list nodes), so that one assumes that the two types are the same and looks for anything that contradicts it: a kind, a
 * name, an offset, or a type that would have to be the same as two that differ. A forward declaration agrees with any
 * definition of its name.
 */
final class Equivalence {
    private record Pair(int candidate, int canonical) {}

    private static final int MAXIMUM_COPY_DEPTH = 16;

    private final CanonicalTypes canonical;
    private final WorkLimit limit;
    /** For each type of the canonical graph the type of the candidate's that is assumed to be the same. */
    private final Map<Integer, Integer> assumed = new LinkedHashMap<>();

    private final Deque<Pair> open = new ArrayDeque<>();
    private boolean needsBaseChanged;

    Equivalence(CanonicalTypes canonical, WorkLimit limit) {
        this.canonical = canonical;
        this.limit = limit;
    }

    /**
     * Compares.
     *
     * @return whether nothing contradicts that {@code candidate} and {@code canonicalId} are the same
     */
    boolean holds(int candidate, int canonicalId) {
        open.push(new Pair(candidate, canonicalId));
        while (!open.isEmpty()) {
            limit.step();
            Pair pair = open.pop();
            if (!agrees(pair.candidate, pair.canonical)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the comparison held only if a forward declaration in the base stood for a definition outside it, which would
     * change the base.
     */
    boolean needsBaseChanged() {
        return needsBaseChanged;
    }

    /** Takes all that was assumed for decided, after {@link #holds} said yes. */
    void decide() {
        assumed.forEach((canonicalId, candidateId) -> {
            int to = canonical.of(canonicalId);
            int from = canonical.of(candidateId);
            boolean toIsForward = canonical.type(to) instanceof BtfType.Forward;
            boolean fromIsForward = canonical.type(from) instanceof BtfType.Forward;
            if (!toIsForward && fromIsForward) {
                replace(from, to);
            } else if (toIsForward && !fromIsForward) {
                replace(to, from);
            } else if (canonical.type(to) instanceof BtfType.Composite && canonical.isDecided(to) && from != to) {
                replace(from, to);
            }
        });
    }

    private void replace(int id, int representative) {
        if (id >= canonical.firstOwn()) {
            canonical.decide(id, representative);
        }
    }

    private boolean agrees(int candidate, int canonicalOrForward) {
        if (canonical.of(candidate) == canonical.of(canonicalOrForward)) {
            return true;
        }
        int canonicalId = canonical.definition(canonicalOrForward);
        Integer earlier = assumed.get(canonicalId);
        if (earlier != null) {
            return earlier == candidate || identical(earlier, candidate, 0);
        }
        assumed.put(canonicalId, candidate);
        BtfType one = canonical.type(candidate);
        BtfType other = canonical.type(canonicalId);
        if (!one.name().equals(other.name())) {
            return false;
        }
        boolean oneForward = one instanceof BtfType.Forward;
        boolean otherForward = other instanceof BtfType.Forward;
        if (oneForward != otherForward) {
            boolean defines = oneForward ? defines(other, one) : defines(one, other);
            needsBaseChanged |= defines && otherForward && canonicalId < canonical.firstOwn();
            return defines;
        }
        return similar(one, other);
    }

    private static boolean defines(BtfType definition, BtfType forward) {
        return definition instanceof BtfType.Composite d
                && forward instanceof BtfType.Forward f
                && d.union() == f.union();
    }

    /** Compares what the types say themselves, and leaves what they refer to for later. */
    private boolean similar(BtfType one, BtfType other) {
        if (one instanceof BtfType.Enumeration e && other instanceof BtfType.Enumeration f) {
            return SimpleTypes.compatible(e, f);
        }
        if (!Shapes.same(one, other)) {
            return false;
        }
        int[] candidates = references(one);
        int[] canonicals = references(other);
        for (int i = candidates.length - 1; i >= 0; i--) {
            open.push(new Pair(candidates[i], canonicals[i]));
        }
        return true;
    }

    private static int[] references(BtfType type) {
        IntStream.Builder ids = IntStream.builder();
        TypeReferences.forEach(type, ids);
        return ids.build().toArray();
    }

    /**
     * Compilers sometimes describe one array or struct several times in the same compilation unit. Such copies are the same
     * id by id, or down a few levels of further copies.
     */
    private boolean identical(int one, int other, int depth) {
        if (one == other) {
            return true;
        }
        limit.step();
        BtfType a = canonical.type(one);
        BtfType b = canonical.type(other);
        boolean copied = a instanceof BtfType.Array || a instanceof BtfType.Composite;
        if (!copied || depth > MAXIMUM_COPY_DEPTH || !Shapes.same(a, b)) {
            return false;
        }
        int[] left = references(a);
        int[] right = references(b);
        return IntStream.range(0, left.length).allMatch(i -> identical(left[i], right[i], depth + 1));
    }
}
