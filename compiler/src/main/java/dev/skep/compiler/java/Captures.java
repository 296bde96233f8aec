package dev.skep.compiler.java;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a callback shares with the function that has it called: the values that its lambda expression captures, and a flag that it
 * sets where Java would throw. They lie in the caller's frame, 8 bytes each, as the kernel's verifier keeps track of pointers in
 * there; the callback gets their address.
 */
final class Captures {
    private static final int ENTRY = 8;

    /** What a callback returns so that it is not called again. */
    private static final int NO_MORE = 1;

    private final Emitter callback;
    private final Value context;
    private final List<Value> captured = new ArrayList<>();
    private boolean mayAbort;

    /** @param context where it is, in the callback; loads are added to it */
    Captures(Emitter callback, Value context) {
        this.callback = callback;
        this.context = context;
    }

    /** An operand of the caller as the callback has it. What is known while compiling needs no place. */
    Operand inCallback(Operand operand) {
        return switch (operand) {
            case Operand.Number(Value value) -> new Operand.Number(inCallback(value));
            case Operand.Reference reference -> reference.at(inCallback(reference.pointer()));
            case Operand.Array(Value pointer, FieldType element, int length) ->
                new Operand.Array(inCallback(pointer), element, length);
            case Operand.Boxed(Value value, FieldType.Number type) -> new Operand.Boxed(inCallback(value), type);
            case Operand.BoxInMap(Value pointer, FieldType.Number type) ->
                new Operand.BoxInMap(inCallback(pointer), type);
            case Operand.Enumerated(Value ordinal, EnumType type) -> new Operand.Enumerated(inCallback(ordinal), type);
            case Operand.TextInBytes(Operand.Array bytes) -> new Operand.TextInBytes((Operand.Array) inCallback(bytes));
            case Operand.Local local ->
                throw new Refusal(
                        "a lambda expression that captures an object",
                        "the kernel calls it, and there are no objects in BPF that could be passed on",
                        "capture the numbers in it");
            case Operand.Closure closure ->
                new Operand.Closure(
                        closure.method(),
                        closure.result(),
                        closure.callee(),
                        closure.captured().stream().map(this::inCallback).toList());
            default -> operand;
        };
    }

    private Value inCallback(Value value) {
        if (value instanceof Constant) {
            return value;
        }
        int offset = size();
        captured.add(value);
        if (value.type() instanceof Pointer) {
            return load(callback, context, offset, value.type());
        }
        Value number = load(callback, context, offset, Int.I64);
        return value.type() == Int.I32 ? callback.narrow(number) : number;
    }

    private static Value load(Emitter emitter, Value address, int offset, Type type) {
        return emitter.add(new Operation.Load(address, offset, Int.I64, false, type, Optional.empty()));
    }

    /** True if the callback needs nothing of the caller. */
    boolean isEmpty() {
        return captured.isEmpty();
    }

    private int size() {
        return captured.size() * ENTRY;
    }

    /** Ends a block of the callback where Java would throw: the caller is told, which ends the program. */
    void abort(Block block, Position position) {
        mayAbort = true;
        Operation told = new Operation.Store(context, size(), Int.I64, Constant.of(1L), Optional.empty());
        block.instructions().add(new Instruction(told, position));
        block.terminate(new Terminator.Return(Optional.of(Constant.of(NO_MORE)), position));
    }

    /** In the caller: the address for the callback, null if it needs nothing. To be asked once the callback is complete. */
    Value address(Emitter caller) {
        if (captured.isEmpty() && !mayAbort) {
            return Constant.nullPointer(Pointer.nullable(Pointer.Provenance.STACK));
        }
        Value address = caller.slot("captured", size() + (mayAbort ? ENTRY : 0));
        for (int i = 0; i < captured.size(); i++) {
            Value value = captured.get(i);
            store(caller, address, i * ENTRY, value.type() == Int.I32 ? zeroExtended(caller, value) : value);
        }
        if (mayAbort) {
            store(caller, address, size(), Constant.of(0L));
        }
        return address;
    }

    /** All 64 bits are written: the verifier forgets the range of a number of which it saw but half. */
    private static Value zeroExtended(Emitter caller, Value number) {
        return caller.extend(Int.I32, false, number, Int.I64);
    }

    private static void store(Emitter caller, Value address, int offset, Value value) {
        caller.add(new Operation.Store(address, offset, Int.I64, value, Optional.empty()));
    }

    /** In the caller, once the callback was called: ends the program if it said so. */
    void endIfAborted(Emitter caller, Value address) {
        if (mayAbort) {
            Value flag = load(caller, address, size(), Int.I64);
            caller.require(Comparison.EQUAL, flag, Constant.of(0L));
        }
    }
}
