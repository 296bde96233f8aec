package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the verifier no longer knows what it knew of numbers: it forgets those that differ from round to round at the end of each
 * block that asks whether a loop may go on (widen_imprecise_scalars of kernel/bpf/verifier.c), what was compared before included.
 */
final class ForgottenNumbers {
    private final List<Block> forgetting;
    /** Where loops start that forget numbers. */
    private final Set<Block> heads = new HashSet<>();

    private final Map<Value, Block> homes = new HashMap<>();
    /** By a block, those that can be come to from where numbers are forgotten without passing it again. */
    private final Map<Block, Set<Block>> beyond = new HashMap<>();

    ForgottenNumbers(Function function) {
        forgetting = function.blocks().stream()
                .filter(block -> block.terminator() instanceof Terminator.MayContinue)
                .toList();
        if (!forgetting.isEmpty()) {
            Loops.of(function).all().stream()
                    .filter(loop -> forgetting.stream().anyMatch(loop::contains))
                    .forEach(loop -> heads.add(loop.head()));
            for (Block block : function.blocks()) {
                block.parameters().forEach(parameter -> homes.put(parameter, block));
                block.instructions().forEach(instruction -> homes.put(instruction, block));
            }
        }
    }

    /** True for the head of a loop that forgets numbers: none that changes in it is known there, see {@link LoopStarts}. */
    boolean isHead(Block block) {
        return heads.contains(block);
    }

    /** True if what was known of {@code value} where it was computed is not known in {@code block}. */
    boolean isForgotten(Value value, Block block) {
        Block home = homes.get(value);
        return home != null && isBetween(home, block);
    }

    /** True if what was known of {@code value} where it was computed is not known where it is passed along an edge. */
    boolean isForgotten(Value value, ControlFlow.Incoming edge) {
        boolean atEnd = homes.get(value) == edge.from() && forgetting.contains(edge.from());
        return atEnd || isForgotten(value, edge.from());
    }

    /** True if a way from {@code known}, which dominates {@code block}, to it forgets numbers. */
    boolean isBetween(Block known, Block block) {
        return !forgetting.isEmpty()
                && known != block
                && beyond.computeIfAbsent(known, this::reached).contains(block);
    }

    private Set<Block> reached(Block known) {
        Set<Block> reached = new HashSet<>();
        Deque<Block> open = new ArrayDeque<>();
        forgetting.forEach(block -> goOn(block, known, open));
        while (!open.isEmpty()) {
            Block block = open.pop();
            if (reached.add(block)) {
                goOn(block, known, open);
            }
        }
        return reached;
    }

    private static void goOn(Block block, Block known, Deque<Block> open) {
        for (Edge edge : block.terminator().edges()) {
            if (edge.target() != known) {
                open.push(edge.target());
            }
        }
    }
}
