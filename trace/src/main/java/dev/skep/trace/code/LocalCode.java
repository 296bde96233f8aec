package dev.skep.trace.code;

import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.ir.Variable;
import dev.skep.trace.check.Local;
import dev.skep.trace.type.TraceType;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Keeps a program's variables: in registers if they fit, else in memory; of structures, where they are. */
final class LocalCode {
    private final Program program;
    private final Emit emit;
    private final Map<Local, Variable> registers = new IdentityHashMap<>();
    private final Map<Local, Supplier<Value>> places = new IdentityHashMap<>();
    private final Map<Local, Operand> bound = new IdentityHashMap<>();
    private final Map<Local, Operand.Reach> reaches = new IdentityHashMap<>();

    LocalCode(Program program) {
        this.program = program;
        this.emit = program.emit();
    }

    /** From here on the variable stands for a value that never changes. */
    void bind(Local local, Operand operand) {
        bound.put(local, operand);
    }

    Operand read(Local local) {
        TraceType type = local.type();
        if (bound.containsKey(local)) {
            return bound.get(local);
        }
        if (inRegister(local)) {
            Value value = emit.builder().read(register(local));
            return type instanceof TraceType.Structure
                    ? new Operand.Memory(value, 0, reaches.getOrDefault(local, Operand.Reach.KERNEL))
                    : new Operand.Scalar(value);
        }
        return program.storage().read(type, new Operand.Memory(place(local), 0, Operand.Reach.DIRECT, true));
    }

    void write(Local local, Operand operand, TraceType type) {
        if (local.type() instanceof TraceType.Structure && operand instanceof Operand.Memory memory) {
            reaches.put(local, memory.untyped().reach());
            emit.builder().write(register(local), emit.number(emit.offset(memory.address(), memory.offset())));
        } else if (inRegister(local)) {
            emit.builder().write(register(local), fit(((Operand.Scalar) operand).value(), local.type()));
        } else {
            program.storage().write(operand, type, local.type(), place(local), 0, true);
        }
    }

    /** A variable that is declared without a value is zero. */
    void clear(Local local) {
        if (inRegister(local)) {
            emit.builder().write(register(local), Emit.ZERO);
        } else {
            program.storage().zero(place(local), 0, local.type().size());
        }
    }

    /** The number as the type holds it. */
    private Value fit(Value value, TraceType type) {
        return type instanceof TraceType.Number(int size, boolean signed, int _)
                ? emit.extend(value, size, signed)
                : value;
    }

    /** Where a variable in memory is. */
    Value place(Local local) {
        if (local.isShared()) {
            return program.shared().place(program, local);
        }
        return places.computeIfAbsent(
                        local, l -> program.reserve(l.name(), l.type().size()))
                .get();
    }

    private static boolean inRegister(Local local) {
        boolean fits = Shape.isScalar(local.type()) || local.type() instanceof TraceType.Structure;
        return fits && !local.isShared();
    }

    private Variable register(Local local) {
        return registers.computeIfAbsent(local, l -> new Variable(l.name(), Int.I64));
    }
}
