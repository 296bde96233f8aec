package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Function;
import java.util.HashSet;

/** Removes blocks that no way leads to. */
final class UnreachableBlocks implements Pass {
    @Override
    public boolean run(Function function) {
        HashSet<Object> reached = new HashSet<>(ControlFlow.of(function).order());
        return function.blocks().removeIf(block -> !reached.contains(block));
    }
}
