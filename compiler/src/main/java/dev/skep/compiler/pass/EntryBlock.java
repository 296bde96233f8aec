package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.BlockParameter;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;

/** Gives a function whose first block is the start of a loop another first block, which only the caller leads to. */
final class EntryBlock implements Pass {
    @Override
    public boolean run(Function function) {
        Block loop = function.entry();
        if (ControlFlow.of(function).incoming(loop).isEmpty()) {
            return false;
        }
        Block entry = function.addBlock("entry");
        function.blocks().removeLast();
        function.blocks().addFirst(entry);
        List<Value> arguments = new ArrayList<>();
        for (BlockParameter parameter : loop.parameters()) {
            arguments.add(entry.addParameter(parameter.name(), parameter.type()));
        }
        entry.terminate(new Terminator.Jump(new Edge(loop, arguments), function.position()));
        return true;
    }
}
