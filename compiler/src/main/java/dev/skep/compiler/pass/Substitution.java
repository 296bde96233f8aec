package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Values that others are to stand in the place of, wherever a function uses them. */
final class Substitution {
    private final Map<Value, Value> replacements = new HashMap<>();

    /** From now on {@code replacement} stands for {@code value}, which must not be what the replacement is replaced by. */
    void put(Value value, Value replacement) {
        Value last = of(replacement);
        if (last.equals(value)) {
            throw new IllegalArgumentException("a value cannot stand for itself");
        }
        replacements.put(value, last);
    }

    /** What stands for {@code value}: itself, if nothing else does. */
    Value of(Value value) {
        Value at = value;
        for (Value next = replacements.get(at); next != null; next = replacements.get(at)) {
            at = next;
        }
        return at;
    }

    List<Value> of(List<Value> values) {
        return values.stream().map(this::of).toList();
    }

    Edge of(Edge edge) {
        return edge.arguments().isEmpty() ? edge : new Edge(edge.target(), of(edge.arguments()));
    }

    boolean isEmpty() {
        return replacements.isEmpty();
    }

    /** Does it. @return whether there was anything to replace */
    boolean applyTo(Function function) {
        if (!isEmpty()) {
            function.blocks().forEach(this::applyTo);
        }
        return !isEmpty();
    }

    /** Does it in one block. */
    void applyTo(Block block) {
        block.instructions().forEach(this::applyTo);
        block.terminate(of(block.terminator()));
    }

    /** Does it in one instruction. */
    void applyTo(Instruction instruction) {
        List<Value> before = instruction.operation().operands();
        List<Value> now = of(before);
        if (!now.equals(before)) {
            instruction.replace(instruction.operation().withOperands(now));
        }
    }

    Terminator of(Terminator terminator) {
        Terminator changed = terminator.withOperands(of(terminator.operands()));
        return changed.withEdges(changed.edges().stream().map(this::of).toList());
    }
}
