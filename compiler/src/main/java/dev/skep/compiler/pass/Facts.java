package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Terminator.Branch;
import dev.skep.compiler.ir.Value;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Which comparisons with numbers hold where, as every way there goes through the branch that made them. */
final class Facts {
    /** A value compares so with a number. */
    record Compared(Value value, Comparison comparison, long number) {}

    /**
     * What holds in a block and in all that it dominates.
     *
     * @param outer the nearest fact about the same value that holds there, too
     */
    record Fact(Block block, Compared compared, Optional<Fact> outer) {}

    private final Dominators dominators;
    /** About each value, by the number of the block in the tree of dominators. */
    private final Map<Value, NavigableMap<Integer, Fact>> facts = new HashMap<>();

    Facts(Function function, ControlFlow flow, Dominators dominators) {
        this.dominators = dominators;
        for (Block block : flow.order()) {
            if (block != function.entry() && flow.incoming(block).size() == 1) {
                along(flow.incoming(block).getFirst()).ifPresent(compared -> note(compared, block));
            }
        }
    }

    private void note(Compared compared, Block block) {
        Fact fact = new Fact(block, compared, nearest(compared.value(), block));
        facts.computeIfAbsent(compared.value(), value -> new TreeMap<>()).put(dominators.treeNumber(block), fact);
    }

    /** What holds on a way, as the branch that it begins at has found out. */
    static Optional<Compared> along(ControlFlow.Incoming edge) {
        if (edge.from().terminator() instanceof Branch branch
                && branch.left().type() instanceof Int
                && branch.right() instanceof Constant constant) {
            Comparison comparison = edge.index() == 0
                    ? branch.comparison()
                    : branch.comparison().opposite();
            return Optional.of(new Compared(branch.left(), comparison, constant.value()));
        }
        return Optional.empty();
    }

    /** What is known of {@code value} in {@code block}, the outermost first. */
    Collection<Fact> of(Value value, Block block) {
        Deque<Fact> holding = new ArrayDeque<>();
        for (Optional<Fact> fact = nearest(value, block);
                fact.isPresent();
                fact = fact.get().outer()) {
            holding.push(fact.get());
        }
        return holding;
    }

    /**
     * Blocks that a block dominates have the numbers that follow its own. So the fact with the nearest number before is the one, or is
     * within a block that the one holds in.
     */
    private Optional<Fact> nearest(Value value, Block block) {
        Map.Entry<Integer, Fact> before =
                facts.getOrDefault(value, new TreeMap<>()).floorEntry(dominators.treeNumber(block));
        Optional<Fact> fact = Optional.ofNullable(before).map(Map.Entry::getValue);
        while (fact.isPresent() && !dominators.dominates(fact.get().block(), block)) {
            fact = fact.get().outer();
        }
        return fact;
    }
}
