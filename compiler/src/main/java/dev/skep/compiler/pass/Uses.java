package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** In which blocks each value is used, and how often, as it is when this is made. */
final class Uses {
    private final Map<Value, Set<Block>> blocks = new HashMap<>();
    private final Map<Value, Integer> counts = new HashMap<>();

    Uses(Function function) {
        for (Block block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                instruction.operation().operands().forEach(value -> add(value, block));
            }
            block.terminator().operands().forEach(value -> add(value, block));
            for (Edge edge : block.terminator().edges()) {
                edge.arguments().forEach(value -> add(value, block));
            }
        }
    }

    private void add(Value value, Block block) {
        blocks.computeIfAbsent(value, v -> new HashSet<>()).add(block);
        counts.merge(value, 1, Integer::sum);
    }

    /** How often {@code value} is an operand or an argument. */
    int count(Value value) {
        return counts.getOrDefault(value, 0);
    }

    /** True if no other block uses the parameters of {@code block}, nor the results of its instructions. */
    boolean areLocal(Block block) {
        return block.parameters().stream().allMatch(p -> isLocal(p, block))
                && block.instructions().stream().allMatch(i -> isLocal(i, block));
    }

    private boolean isLocal(Value value, Block block) {
        return blocks.getOrDefault(value, Set.of()).stream().allMatch(user -> user == block);
    }
}
