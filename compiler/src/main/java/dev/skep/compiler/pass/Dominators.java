package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which blocks every way to a block goes through. The method is that of Cooper, Harvey and Kennedy, "A Simple, Fast Dominance
 * Algorithm" (2001).
 */
final class Dominators {
    private final ControlFlow flow;
    private final Map<Block, Integer> number = new HashMap<>();
    private final int[] immediate;
    /** Where blocks are in an order in which each is followed by all that it dominates, and where the last of these is. */
    private final int[] first;

    private final int[] last;

    Dominators(ControlFlow flow) {
        this.flow = flow;
        for (Block block : flow.order()) {
            number.put(block, number.size());
        }
        immediate = new int[number.size()];
        first = new int[number.size()];
        last = new int[number.size()];
        compute();
        numberTree();
    }

    private void numberTree() {
        // What blocks dominate, themselves included: those before come later in the order of the flow.
        int[] sizes = new int[immediate.length];
        for (int i = immediate.length - 1; i >= 0; i--) {
            sizes[i]++;
            if (i > 0) {
                sizes[immediate[i]] += sizes[i];
            }
        }
        int[] next = new int[immediate.length];
        for (int i = 0; i < immediate.length; i++) {
            first[i] = i == 0 ? 0 : next[immediate[i]];
            next[i] = first[i] + 1;
            last[i] = first[i] + sizes[i] - 1;
            if (i > 0) {
                next[immediate[i]] += sizes[i];
            }
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

    /** The nearest block, apart from itself, that every way to {@code block} goes through; empty for the entry. */
    Optional<Block> immediate(Block block) {
        int at = numberOf(block);
        return at == 0 ? Optional.empty() : Optional.of(flow.order().get(immediate[at]));
    }

    /** True if every way to {@code block} goes through {@code dominator}; a block dominates itself. */
    boolean dominates(Block dominator, Block block) {
        int number = first[numberOf(block)];
        int above = numberOf(dominator);
        return first[above] <= number && number <= last[above];
    }

    /** A number for each block: those of the blocks that it dominates follow its own without gaps. */
    int treeNumber(Block block) {
        return first[numberOf(block)];
    }
}
