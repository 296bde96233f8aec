package dev.skep.compiler.ir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which blocks every way to a block goes through. The method is that of Cooper, Harvey and Kennedy, "A Simple, Fast Dominance
 * Algorithm" (2001).
 */
final class Dominators {
    private final List<Block> order;
    private final Map<Block, Integer> numbers = new IdentityHashMap<>();
    private final int[] immediate;

    /** Of the blocks of {@code function} that are reached from its entry. All of them must be terminated. */
    Dominators(Function function) {
        order = reversePostorder(function);
        for (int i = 0; i < order.size(); i++) {
            numbers.put(order.get(i), i);
        }
        immediate = new int[order.size()];
        compute();
    }

    /** The blocks that are reached, each before those that only it leads to; loops aside, before all it goes on with. */
    private static List<Block> reversePostorder(Function function) {
        List<Block> finished = new ArrayList<>();
        Set<Block> seen = new HashSet<>(List.of(function.entry()));
        Deque<Block> path = new ArrayDeque<>(List.of(function.entry()));
        Deque<Iterator<Edge>> open = new ArrayDeque<>();
        open.push(function.entry().terminator().edges().iterator());
        while (!path.isEmpty()) {
            if (open.element().hasNext()) {
                Block next = open.element().next().target();
                if (seen.add(next)) {
                    path.push(next);
                    open.push(next.terminator().edges().iterator());
                }
            } else {
                finished.add(path.pop());
                open.pop();
            }
        }
        Collections.reverse(finished);
        return finished;
    }

    /** True if the block is reached from the entry. */
    boolean isReached(Block block) {
        return numbers.containsKey(block);
    }

    /** True if every way to {@code later} goes through {@code earlier}, which may be the same; both are reached. */
    boolean dominates(Block earlier, Block later) {
        int wanted = number(earlier);
        int at = number(later);
        while (at > wanted) {
            at = immediate[at];
        }
        return at == wanted;
    }

    private int number(Block block) {
        return Objects.requireNonNull(numbers.get(block));
    }

    private void compute() {
        List<List<Integer>> before = new ArrayList<>();
        order.forEach(block -> before.add(new ArrayList<>()));
        for (int i = 0; i < order.size(); i++) {
            for (Edge edge : order.get(i).terminator().edges()) {
                before.get(number(edge.target())).add(i);
            }
        }
        Arrays.fill(immediate, 1, immediate.length, -1);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 1; i < immediate.length; i++) {
                int common = -1;
                for (int predecessor : before.get(i)) {
                    if (immediate[predecessor] >= 0) {
                        common = common < 0 ? predecessor : commonDominator(common, predecessor);
                    }
                }
                changed |= immediate[i] != common;
                immediate[i] = common;
            }
        }
    }

    private int commonDominator(int one, int other) {
        int left = one;
        int right = other;
        while (left != right) {
            if (left > right) {
                left = immediate[left];
            } else {
                right = immediate[right];
            }
        }
        return left;
    }
}
