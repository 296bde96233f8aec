package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.BlockParameter;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The values that a variable has at the starts of blocks, given those that it has at the ends of blocks that write it; where ways with
 * different values meet, a block parameter is made, as in {@link dev.skep.compiler.ir.FunctionBuilder}.
 */
final class SsaValues {
    private final Function function;
    private final ControlFlow flow;
    private final String name;
    private final Type type;
    private final Map<Block, Value> atEnd = new HashMap<>();
    private final Map<Block, Value> atStart = new HashMap<>();

    SsaValues(Function function, ControlFlow flow, String name, Type type) {
        this.function = function;
        this.flow = flow;
        this.name = name;
        this.type = type;
    }

    /** The last value that {@code block} writes. */
    void writes(Block block, Value value) {
        atEnd.put(block, value);
    }

    /** The value at the start of {@code block}: 0 or null where nothing was written. All writes must be known. */
    Value atStart(Block block) {
        // Up the blocks that only one way leads to, where recursion would go deep.
        List<Block> passed = new ArrayList<>();
        Block at = block;
        while (!atStart.containsKey(at) && flow.incoming(at).size() == 1) {
            passed.add(at);
            at = flow.incoming(at).getFirst().from();
            if (atEnd.containsKey(at)) {
                return remember(passed, Objects.requireNonNull(atEnd.get(at)));
            }
        }
        Value known = atStart.get(at);
        return remember(passed, known == null ? meet(at) : known);
    }

    private Value remember(List<Block> blocks, Value value) {
        blocks.forEach(block -> atStart.put(block, value));
        return value;
    }

    private Value meet(Block block) {
        if (block == function.entry()) {
            return new Constant(type, 0);
        }
        BlockParameter parameter = block.addParameter(name, type);
        atStart.put(block, parameter);
        for (ControlFlow.Incoming edge : flow.incoming(block)) {
            Value written = atEnd.get(edge.from());
            Value argument = written == null ? atStart(edge.from()) : written;
            Edges.set(edge, Edges.with(edge.edge(), argument));
        }
        return parameter;
    }
}
