package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.BlockParameter;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.compiler.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The blocks of one function once more, as blocks of another. */
final class FunctionCopy {
    private final Function target;
    private final Map<Block, Block> blocks = new HashMap<>();
    private final Map<Value, Value> values = new HashMap<>();
    private final Map<StackSlot, StackSlot> slots = new HashMap<>();

    FunctionCopy(Function source, Function target) {
        this.target = target;
        // Every value before its uses, apart from those round a loop, which are parameters.
        List<Block> order = ControlFlow.of(source).order();
        order.forEach(this::copyParameters);
        order.forEach(this::copyInstructions);
        order.forEach(this::copyEnd);
    }

    private void copyParameters(Block block) {
        Block copy = target.addBlock(block.name());
        blocks.put(block, copy);
        for (BlockParameter parameter : block.parameters()) {
            values.put(parameter, copy.addParameter(parameter.name(), parameter.type()));
        }
    }

    private void copyInstructions(Block block) {
        for (Instruction instruction : block.instructions()) {
            Instruction copy = new Instruction(copy(instruction.operation()), instruction.position());
            values.put(instruction, copy);
            of(block).instructions().add(copy);
        }
    }

    private Operation copy(Operation operation) {
        if (operation instanceof Operation.StackAddress address) {
            StackSlot slot = address.slot();
            return new Operation.StackAddress(
                    slots.computeIfAbsent(slot, s -> new StackSlot(s.name(), s.size(), s.alignment())));
        }
        return operation.withOperands(copies(operation.operands()));
    }

    private void copyEnd(Block block) {
        of(block)
                .terminate(block.terminator()
                        .withOperands(copies(block.terminator().operands()))
                        .withEdges(block.terminator().edges().stream()
                                .map(edge -> new Edge(of(edge.target()), copies(edge.arguments())))
                                .toList()));
    }

    private List<Value> copies(List<Value> originals) {
        return originals.stream().map(v -> values.getOrDefault(v, v)).toList();
    }

    /** The copy of a block. */
    Block of(Block block) {
        return Objects.requireNonNull(blocks.get(block));
    }

    /** The copies of all blocks that can be reached. */
    List<Block> all() {
        return List.copyOf(blocks.values());
    }
}
