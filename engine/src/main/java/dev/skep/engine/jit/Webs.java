package dev.skep.engine.jit;

import java.util.BitSet;

/**
 * Values that share a local variable because they are merged somewhere, and whether an {@code int} is enough for them: if the
 * upper half of each is zero or looked at by nobody.
 */
final class Webs {
    private final int nothing;
    private final int[] parent;
    private final boolean[] wide;
    private final BitSet merged = new BitSet();
    private final BitSet unset = new BitSet();

    Webs(ValueGraph graph, Facts facts, Demand demand) {
        nothing = graph.nothing();
        parent = new int[graph.count()];
        for (int value = 0; value < parent.length; value++) {
            parent[value] = value;
        }
        boolean[] joined = new boolean[parent.length];
        boolean changed = true;
        while (changed) {
            changed = false;
            for (ValueGraph.Merge merge : graph.merges) {
                int value = merge.value();
                // A constant that nobody asks for may still be one of the values of another merge.
                if (!joined[value] && (demand.of(value) != Demand.NOTHING || merged.get(value))) {
                    merge.inputs().forEach(input -> join(input, value));
                    joined[value] = true;
                    changed = true;
                }
            }
        }
        wide = new boolean[parent.length];
        for (int value = 0; value < parent.length; value++) {
            wide[root(value)] |= demand.of(value) == Demand.ALL && !facts.isNarrow(value);
        }
    }

    /** What a call leaves in r1 to r5 is written down by nobody, and is the same value in all of them. */
    private void join(int input, int merge) {
        if (input == nothing) {
            unset.set(merge);
        } else {
            merged.set(input);
            parent[root(input)] = root(merge);
        }
    }

    /** True if the value has to be in its variable though nobody may ask for it itself: a merge will be asked for. */
    boolean isMerged(int value) {
        return merged.get(value);
    }

    /** Merges whose variable may not have been written to on some way there. */
    BitSet unset() {
        return unset;
    }

    /** The value that stands for all that share a variable with this one. */
    int of(int value) {
        return root(value);
    }

    /** True if the variable needs 64 bits. */
    boolean isWide(int value) {
        return wide[root(value)];
    }

    private int root(int value) {
        int at = value;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }
}
