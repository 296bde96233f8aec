package dev.skep.compiler.code;

import java.util.BitSet;

/**
 * Makes both registers of a copy the same wherever that cannot make it harder to find registers for all: by the rule of Briggs for
 * two virtual ones, by that of George if one is the machine's (both in Appel, "Modern Compiler Implementation", chapter 11).
 */
final class Coalescing {
    private final InterferenceGraph graph;

    private Coalescing(InterferenceGraph graph) {
        this.graph = graph;
    }

    /** Merges what can be merged in {@code graph}. */
    static void coalesce(InterferenceGraph graph) {
        Coalescing coalescing = new Coalescing(graph);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (InterferenceGraph.Copy copy : graph.copies()) {
                changed |= coalescing.tryMerge(copy);
            }
        }
    }

    private boolean tryMerge(InterferenceGraph.Copy copy) {
        int one = graph.representative(copy.destination());
        int other = graph.representative(copy.source());
        int kept = Math.min(one, other); // the machine's, if there is one
        int gone = Math.max(one, other);
        if (one == other || graph.interfere(one, other)) {
            return false;
        }
        boolean harmless = Registers.isVirtual(kept) ? isHarmless(kept, gone) : isHarmlessForMachine(kept, gone);
        if (harmless) {
            graph.merge(kept, gone);
        }
        return harmless;
    }

    /** Briggs: the merged register has few neighbours that are hard to place. */
    private boolean isHarmless(int one, int other) {
        BitSet all = (BitSet) graph.neighbours(one).clone();
        all.or(graph.neighbours(other));
        int hard = 0;
        for (int neighbour = all.nextSetBit(0); neighbour >= 0; neighbour = all.nextSetBit(neighbour + 1)) {
            boolean common = graph.neighbours(one).get(neighbour)
                    && graph.neighbours(other).get(neighbour);
            int degree = graph.degree(neighbour) - (common ? 1 : 0);
            if (!Registers.isVirtual(neighbour) || degree >= Registers.ALLOCATABLE) {
                hard++;
            }
        }
        return hard < Registers.ALLOCATABLE;
    }

    /** George: whoever is live together with the virtual register is so with the machine's too, or easy to place. */
    private boolean isHarmlessForMachine(int machine, int virtual) {
        return graph.neighbours(virtual).stream()
                .allMatch(neighbour ->
                        graph.degree(neighbour) < Registers.ALLOCATABLE || graph.interfere(neighbour, machine));
    }
}
