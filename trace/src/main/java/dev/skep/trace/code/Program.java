package dev.skep.trace.code;

import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.compiler.ir.Value;
import dev.skep.trace.check.TypedProgram;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.type.TraceType;
import java.util.function.Supplier;

/**
 * The program that is made, as its parts see it.
 *
 * @param index of the program in the script
 * @param shared the variables that the bodies of loops over maps share with it
 * @param context what the kernel calls it with
 */
record Program(
        Unit unit,
        TypedProgram typed,
        int index,
        Emit emit,
        Storage storage,
        Scratch scratch,
        Exits exits,
        SharedLocals shared,
        Value context) {
    /** What is larger lies in memory of the CPU instead of on the stack. */
    private static final int MOST_ON_STACK = 64;

    TraceType type(Expression expression) {
        return typed.type(expression);
    }

    /** Memory for a value, a multiple of 8: on the stack if it is small. */
    Value memory(String name, int bytes) {
        return reserve(name, bytes).get();
    }

    /** The same, for what is used in several places: gives the address where it is asked for. */
    Supplier<Value> reserve(String name, int bytes) {
        int limit = Math.max(MOST_ON_STACK, unit.script().settings().onStackLimit());
        if (bytes <= limit) {
            StackSlot slot = new StackSlot(name, Math.max(1, bytes), 8);
            return () -> emit.add(new Operation.StackAddress(slot));
        }
        int offset = scratch.take(bytes);
        return () -> emit.offset(scratch.start(), offset);
    }

    /** A value in memory, in the layout of {@code to}; where it is if it is there already. */
    Value inMemory(Operand operand, TraceType from, TraceType to, boolean padded) {
        if (from.equals(to)
                && !(to instanceof TraceType.Tuple)
                && operand instanceof Operand.Memory memory
                && memory.reach() == Operand.Reach.DIRECT
                && !memory.address().equals(context)
                && !(padded && to instanceof TraceType.Text && !memory.padded())) {
            return emit.offset(memory.address(), memory.offset());
        }
        Value address = memory("value", to.size());
        storage.write(operand, from, to, address, 0, padded);
        return address;
    }
}
