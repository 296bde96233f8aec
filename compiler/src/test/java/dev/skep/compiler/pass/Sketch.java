package dev.skep.compiler.pass;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.IntegrityChecker;
import dev.skep.compiler.ir.IrText;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.type.CType;
import java.util.List;
import java.util.Optional;

/** A small function written by hand, to see what a pass makes of it. */
final class Sketch {
    private final Function function;
    private Block at;

    /** A static function that returns an integer of 32 bits. */
    Sketch(Type... parameters) {
        this("f", Int.I32, parameters);
    }

    Sketch(String name, Type result, Type... parameters) {
        function = new Function(
                name,
                Function.Linkage.STATIC,
                Optional.empty(),
                new CType.Prototype(CType.VOID, List.of()),
                result,
                Position.NONE);
        at = function.addBlock("entry");
        for (Type parameter : parameters) {
            at.addParameter("", parameter);
        }
    }

    Function function() {
        return function;
    }

    Value parameter(int index) {
        return function.parameters().get(index);
    }

    /** A further block. */
    Block block(String name) {
        return function.addBlock(name);
    }

    /** What follows goes there. */
    void at(Block block) {
        at = block;
    }

    Instruction add(Operation operation) {
        Instruction instruction = new Instruction(operation, Position.NONE);
        at.instructions().add(instruction);
        return instruction;
    }

    Instruction binary(BinaryOperator operator, Value left, Value right) {
        return add(new Operation.Binary(operator, left, right));
    }

    Instruction compare(Comparison comparison, Value left, Value right) {
        return add(new Operation.Compare(comparison, left, right));
    }

    Instruction extend(Int from, boolean signed, Value value, Int type) {
        return add(new Operation.Extend(from, signed, value, type));
    }

    Instruction load(Value address, int offset, Int width, Type type) {
        return add(new Operation.Load(address, offset, width, false, type, Optional.empty()));
    }

    void store(Value address, int offset, Int width, Value value) {
        add(new Operation.Store(address, offset, width, value, Optional.empty()));
    }

    /** The address of a new slot. */
    Instruction slot(String name, int size) {
        return add(new Operation.StackAddress(new StackSlot(name, size, 8)));
    }

    void jump(Block target, Value... arguments) {
        at.terminate(new Terminator.Jump(new Edge(target, List.of(arguments)), Position.NONE));
    }

    void branch(Comparison comparison, Value left, Value right, Edge taken, Edge otherwise) {
        at.terminate(new Terminator.Branch(comparison, left, right, taken, otherwise, Position.NONE));
    }

    void leave(Value value) {
        at.terminate(new Terminator.Return(Optional.of(value), Position.NONE));
    }

    void leave(int number) {
        leave(Constant.of(number));
    }

    /** The listing, without its first line, of what is left after these passes. */
    String after(Pass... passes) {
        for (Pass pass : passes) {
            pass.run(function);
            IntegrityChecker.require(function);
        }
        return listing();
    }

    /** The listing, without its first line. */
    String listing() {
        String text = IrText.of(function);
        return text.substring(text.indexOf('\n') + 1);
    }
}
