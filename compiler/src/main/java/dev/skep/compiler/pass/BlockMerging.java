package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.Terminator;
import java.util.HashMap;
import java.util.Map;

/** Blocks that do nothing but leave with the same result become one. */
final class BlockMerging implements Pass {
    @Override
    public boolean run(Function function) {
        Map<Terminator, Block> first = new HashMap<>();
        Map<Block, Block> merged = new HashMap<>();
        for (Block block : function.blocks()) {
            boolean onlyLeaves = block.instructions().isEmpty()
                    && block.parameters().isEmpty()
                    && block.terminator() instanceof Terminator.Return
                    && block != function.entry();
            if (onlyLeaves) {
                Block same = first.putIfAbsent(withoutPosition((Terminator.Return) block.terminator()), block);
                if (same != null) {
                    merged.put(block, same);
                }
            }
        }
        for (Block block : function.blocks()) {
            Edges.map(block, edge -> merged.containsKey(edge.target()) ? Edge.to(merged.get(edge.target())) : edge);
        }
        return function.blocks().removeAll(merged.keySet());
    }

    private static Terminator withoutPosition(Terminator.Return leave) {
        return new Terminator.Return(leave.value(), Position.NONE);
    }
}
