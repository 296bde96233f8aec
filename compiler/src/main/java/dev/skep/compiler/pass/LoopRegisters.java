package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Value;

/** How many more values can be kept in registers throughout a loop, by a rule of thumb. */
final class LoopRegisters {
    /** r0 to r9. */
    private static final int ALL = 10;

    /** For what is computed within a round. */
    private static final int FOR_ROUNDS = 3;

    private LoopRegisters() {}

    /** Of a loop that calls nothing. */
    static int free(Loops.Loop loop) {
        long kept = loop.usesFromOutside().stream()
                .filter(value -> !isMadeAnew(value))
                .count();
        return ALL - FOR_ROUNDS - loop.head().parameters().size() - (int) kept;
    }

    /** True if it is made where it is needed instead of being kept. */
    static boolean isMadeAnew(Value value) {
        return value instanceof Instruction i && i.operation() instanceof Operation.Leaf;
    }
}
