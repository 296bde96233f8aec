package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.BlockParameter;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Value;
import java.util.Optional;

/** Removes parameters of blocks that get the same value from everywhere. */
final class TrivialParameters implements Pass {
    @Override
    public boolean run(Function function) {
        ControlFlow flow = ControlFlow.of(function);
        Substitution substitution = new Substitution();
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Block block : flow.order()) {
                if (block != function.entry()) {
                    changed |= removeFrom(block, flow, substitution);
                }
            }
        }
        return substitution.applyTo(function);
    }

    private static boolean removeFrom(Block block, ControlFlow flow, Substitution substitution) {
        boolean changed = false;
        for (int i = block.parameters().size() - 1; i >= 0; i--) {
            BlockParameter parameter = block.parameters().get(i);
            Optional<Value> only = onlyValue(block, parameter, i, flow, substitution);
            if (only.isPresent()) {
                substitution.put(parameter, only.get());
                remove(block, i, flow);
                changed = true;
            }
        }
        return changed;
    }

    private static Optional<Value> onlyValue(
            Block block, BlockParameter parameter, int index, ControlFlow flow, Substitution substitution) {
        Optional<Value> only = Optional.empty();
        for (ControlFlow.Incoming edge : flow.incoming(block)) {
            Value argument = substitution.of(edge.edge().arguments().get(index));
            if (argument.equals(parameter) || only.filter(argument::equals).isPresent()) {
                continue;
            }
            if (only.isPresent()) {
                return Optional.empty();
            }
            only = Optional.of(argument);
        }
        return only;
    }

    /** Takes the parameter at {@code index} away, and its argument from all edges. */
    static void remove(Block block, int index, ControlFlow flow) {
        block.parameters().remove(index);
        flow.incoming(block).forEach(edge -> Edges.set(edge, Edges.without(edge.edge(), index)));
    }
}
