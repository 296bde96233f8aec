package dev.skep.engine.jit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which values are copies of others: moved from register to register, or merged from the same values at the same place. Compilers
 * count loops in two registers at once, one of which is used as an index.
 */
final class Copies {
    private final ValueGraph graph;
    private final Constants constants;
    private final int[] original;

    Copies(ValueGraph graph, Constants constants) {
        this.graph = graph;
        this.constants = constants;
        original = new int[graph.count()];
        for (int value = 0; value < original.length; value++) {
            original[value] = value;
        }
        followMoves();
        joinMerges();
        followMoves();
    }

    /** The value this one is a copy of; itself if it is none. */
    int originalOf(int value) {
        return original[value];
    }

    private void followMoves() {
        for (int block : graph.region.order) {
            for (int i = graph.region.starts[block]; i < graph.region.starts[block + 1]; i++) {
                if (graph.region.operations[i] instanceof Operation.Move move && move.bits() == Long.SIZE) {
                    original[graph.result(i)] = original[graph.seen[i][0]];
                }
            }
        }
    }

    private void joinMerges() {
        Map<List<Object>, Integer> known = new HashMap<>();
        for (ValueGraph.Merge merge : graph.merges) {
            List<Object> what = new ArrayList<>();
            what.add(merge.block());
            merge.inputs()
                    .forEach(input -> what.add(
                            constants.has(input) && input != graph.nothing()
                                    ? (Object) constants.of(input)
                                    : original[input]));
            Integer first = known.putIfAbsent(what, merge.value());
            original[merge.value()] = first == null ? merge.value() : first;
        }
    }
}
