package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Operation;

/** Uses what a copy is made of instead of the copy: what other passes leave where a value turns out to be another one. */
final class CopyPropagation implements Pass {
    @Override
    public boolean run(Function function) {
        Substitution substitution = new Substitution();
        for (Block block : function.blocks()) {
            block.instructions().removeIf(instruction -> isCopy(instruction, substitution));
        }
        return substitution.applyTo(function);
    }

    private static boolean isCopy(Instruction instruction, Substitution substitution) {
        if (instruction.operation() instanceof Operation.Reinterpret copy
                && copy.type().equals(copy.value().type())) {
            substitution.put(instruction, copy.value());
            return true;
        }
        return false;
    }
}
