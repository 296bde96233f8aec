package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which blocks every way to a block goes through. The method is that of Cooper, Harvey and Kennedy, "A Simple, Fast Dominance
 * Algorithm" (2001).
 */
final class Dominators {
    private final ControlFlow flow;
    private final Map<Block, Integer> number = new HashMap<>();
    private final int[] immediate;
    private final List<List<Block>> children = new ArrayList<>();

    Dominators(ControlFlow flow) {
        this.flow = flow;
        List<Block> order = flow.order();
        for (Block block : order) {
            number.put(block, number.size());
            children.add(new ArrayList<>());
        }
        immediate = new int[order.size()];
        compute();
        for (int i = 1; i < immediate.length; i++) {
            children.get(immediate[i]).add(order.get(i));
        }
    }

    private void compute() {
        for (int i = 1; i < immediate.length; i++) {
            immediate[i] = -1;
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 1; i < immediate.length; i++) {
                int dominator = -1;
                for (ControlFlow.Incoming edge : flow.incoming(flow.order().get(i))) {
                    int from = numberOf(edge.from());
                    if (immediate[from] >= 0) {
                        dominator = dominator < 0 ? from : common(dominator, from);
                    }
                }
                changed |= immediate[i] != dominator;
                immediate[i] = dominator;
            }
        }
    }

    private int common(int one, int other) {
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

    private int numberOf(Block block) {
        return Objects.requireNonNull(number.get(block));
    }

    /** The blocks whose immediate dominator is {@code block}. */
    List<Block> children(Block block) {
        return children.get(numberOf(block));
    }

    /** True if every way to {@code block} goes through {@code dominator}; a block dominates itself. */
    boolean dominates(Block dominator, Block block) {
        int wanted = numberOf(dominator);
        int at = numberOf(block);
        while (at > wanted) {
            at = immediate[at];
        }
        return at == wanted;
    }
}
