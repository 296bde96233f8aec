package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.BlockParameter;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Removes what is computed, loaded or passed on without being used, also if it is used by itself alone, round a loop. */
final class DeadCode implements Pass {
    @Override
    public boolean run(Function function) {
        ControlFlow flow = ControlFlow.of(function);
        Set<Value> live = new LiveValues(function, flow).values();
        boolean changed = false;
        for (Block block : flow.order()) {
            changed |= block.instructions().removeIf(i -> isRemovable(i.operation()) && !live.contains(i));
            for (int i = block.parameters().size() - 1; i >= 0 && block != function.entry(); i--) {
                if (!live.contains(block.parameters().get(i))) {
                    TrivialParameters.remove(block, i, flow);
                    changed = true;
                }
            }
        }
        return changed;
    }

    /** Reading memory leaves no trace either. */
    private static boolean isRemovable(Operation operation) {
        return operation.isPure() || operation instanceof Operation.Load;
    }

    /** All values that something with an effect depends on. */
    private static final class LiveValues {
        private final Set<Value> values = new HashSet<>();
        private final Deque<Value> toVisit = new ArrayDeque<>();
        private final Map<BlockParameter, Block> blocks = new HashMap<>();
        private final ControlFlow flow;

        LiveValues(Function function, ControlFlow flow) {
            this.flow = flow;
            for (Block block : flow.order()) {
                if (block != function.entry()) {
                    block.parameters().forEach(p -> blocks.put(p, block));
                }
                for (Instruction instruction : block.instructions()) {
                    if (!isRemovable(instruction.operation())) {
                        add(instruction.operation().operands());
                    }
                }
                add(block.terminator().operands());
            }
        }

        private void add(List<Value> used) {
            for (Value value : used) {
                if (values.add(value)) {
                    toVisit.add(value);
                }
            }
        }

        Set<Value> values() {
            while (!toVisit.isEmpty()) {
                switch (toVisit.remove()) {
                    case Instruction instruction -> add(instruction.operation().operands());
                    case BlockParameter parameter when blocks.containsKey(parameter) -> addArguments(parameter);
                    default -> {}
                }
            }
            return values;
        }

        private void addArguments(BlockParameter parameter) {
            Block block = Objects.requireNonNull(blocks.get(parameter));
            int index = block.parameters().indexOf(parameter);
            flow.incoming(block)
                    .forEach(edge -> add(List.of(edge.edge().arguments().get(index))));
        }
    }
}
