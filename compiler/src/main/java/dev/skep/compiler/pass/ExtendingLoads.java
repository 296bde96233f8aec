package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Operation.Extend;
import dev.skep.compiler.ir.Operation.Load;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The extension of what is loaded, if nobody uses it otherwise, is done by the load. */
final class ExtendingLoads implements Pass {
    @Override
    public boolean run(Function function) {
        Uses uses = new Uses(function);
        Map<Instruction, Instruction> extending = new HashMap<>();
        for (Block block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                if (instruction.operation() instanceof Extend extend
                        && extend.value() instanceof Instruction source
                        && uses.count(source) == 1) {
                    extendingLoad(extend, source).ifPresent(load -> {
                        Instruction loaded = new Instruction(load, source.position());
                        extending.put(source, loaded);
                        instruction.replace(Constants.copy(loaded));
                    });
                }
            }
        }
        for (Block block : function.blocks()) {
            block.instructions().replaceAll(i -> extending.getOrDefault(i, i));
        }
        return new CopyPropagation().run(function);
    }

    private static Optional<Load> extendingLoad(Extend extend, Instruction source) {
        if (!(source.operation() instanceof Load load)
                || extend.from().bits() < load.width().bits()) {
            return Optional.empty();
        }
        boolean isOfAllBits = extend.from() == load.width();
        if (!isOfAllBits && load.signed() && !extend.signed()) {
            return Optional.empty();
        }
        boolean signed = isOfAllBits ? extend.signed() : load.signed();
        return Optional.of(new Load(load.address(), load.offset(), load.width(), signed, extend.type(), load.field()));
    }
}
