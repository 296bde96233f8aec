package dev.skep.object.btf.dedup;

import dev.skep.object.InputException;
import dev.skep.object.btf.BtfKind;
import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.TypeReferences;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Pointers, arrays, qualifiers, typedefs, functions, tags: once it is decided what they refer to, they mean the same if they
 * are the same. What they refer to is decided first, without recursion.
 */
final class ReferringTypes {
    /** A type to decide for, with how many of the types it refers to have been looked at. */
    private static final class Step {
        final int id;
        final int[] targets;
        int followed;

        Step(int id, int[] targets) {
            this.id = id;
            this.targets = targets;
        }
    }

    private final CanonicalTypes canonical;
    private final Map<BtfType, Integer> known = new HashMap<>();
    private final Deque<Step> path = new ArrayDeque<>();
    private final BitSet onPath = new BitSet();

    ReferringTypes(CanonicalTypes canonical) {
        this.canonical = canonical;
    }

    /** Decides for all types of these kinds; variables and sections stay as many as they are. */
    void run() {
        for (int id = 1; id < canonical.count(); id++) {
            if (isReferring(canonical.type(id))) {
                decideAll(id);
            }
        }
    }

    private static boolean isReferring(BtfType type) {
        return switch (type) {
            case BtfType.Pointer _,
                    BtfType.Array _,
                    BtfType.Typedef _,
                    BtfType.Qualified _,
                    BtfType.TypeTag _,
                    BtfType.DeclarationTag _,
                    BtfType.Function _,
                    BtfType.FunctionPrototype _ -> true;
            default -> false;
        };
    }

    private void decideAll(int start) {
        if (start < canonical.firstOwn()) {
            known.putIfAbsent(resolved(start), start);
            return;
        }
        enter(start);
        while (!path.isEmpty()) {
            Step step = path.getLast();
            if (step.followed < step.targets.length) {
                enter(step.targets[step.followed++]);
            } else {
                canonical.decide(step.id, known.merge(resolved(step.id), step.id, (earlier, _) -> earlier));
                onPath.clear(step.id);
                path.removeLast();
            }
        }
    }

    private void enter(int id) {
        BtfType type = canonical.type(id);
        if (canonical.isDecided(id) || !isReferring(type)) {
            return;
        }
        if (onPath.get(id)) {
            throw new InputException(
                    canonical.btf().where(), "BTF type " + id + " (" + BtfKind.of(type) + ") refers to itself", "");
        }
        onPath.set(id);
        IntStream.Builder targets = IntStream.builder();
        TypeReferences.forEach(type, targets);
        path.addLast(new Step(id, targets.build().toArray()));
    }

    private BtfType resolved(int id) {
        return TypeReferences.map(canonical.type(id), canonical::of);
    }
}
