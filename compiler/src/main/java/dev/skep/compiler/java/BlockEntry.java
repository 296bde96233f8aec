package dev.skep.compiler.java;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.ir.Variable;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.SimpleVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a block of bytecode is entered: which values come along, in variables or, being known while compiling, as they are. */
final class BlockEntry {
    /** A local variable or an entry of the operand stack. */
    private static final class Slot {
        final boolean local;
        final int index;
        /** As the first way here has it, until the block is entered with what is known of the others, too. */
        Operand operand;
        /** Empty if only {@code operand} can be there. */
        final Optional<Variable> variable;

        boolean differs;

        Slot(boolean local, int index, Operand operand, Optional<Variable> variable) {
            this.local = local;
            this.index = index;
            this.operand = operand;
            this.variable = variable;
        }
    }

    private final Emitter emitter;
    private final Block block;
    private final Machine first;
    private final List<Slot> slots = new ArrayList<>();
    private final BytecodeBlock bytecode;
    private final StructLayouts layouts;
    private int arrived;
    private boolean entered;

    /** For a block that is entered first with what is in {@code first}. */
    BlockEntry(Emitter emitter, Block block, BytecodeBlock bytecode, Machine first, StructLayouts layouts) {
        this.emitter = emitter;
        this.block = block;
        this.first = first.copy();
        this.bytecode = bytecode;
        this.layouts = layouts;
        bytecode.frame.ifPresent(frame -> takeSlots(frame, layouts));
    }

    Block block() {
        return block;
    }

    /** Another way to the block has its end. @return how many there are now */
    int arrive() {
        arrived++;
        return arrived;
    }

    /** How many ways to the block have their end. */
    int arrived() {
        return arrived;
    }

    private void takeSlots(StackMapFrameInfo frame, StructLayouts layouts) {
        int index = 0;
        for (VerificationTypeInfo type : frame.locals()) {
            if (type != SimpleVerificationTypeInfo.TOP) {
                int at = index;
                first.findLocal(index).ifPresent(operand -> slots.add(slot(true, at, operand, type, layouts)));
            }
            index += type == SimpleVerificationTypeInfo.LONG || type == SimpleVerificationTypeInfo.DOUBLE ? 2 : 1;
        }
        int depth = first.stack().size();
        for (int i = 0; i < depth; i++) {
            slots.add(slot(false, i, first.stack().get(i), frame.stack().get(i), layouts));
        }
    }

    private static Slot slot(
            boolean local, int index, Operand operand, VerificationTypeInfo type, StructLayouts layouts) {
        Operand shape = operand instanceof Operand.Null && type instanceof ObjectVerificationTypeInfo object
                ? layouts.nullOf(ClassPool.internalName(object.classSymbol()))
                : operand;
        if (shape instanceof Operand.Local(LocalObject object) && object.isValue()) {
            return new Slot(local, index, new Operand.Local(object.another()), Optional.empty());
        }
        Optional<Type> varies = Shapes.type(shape);
        String name = (local ? "local" : "stack") + index;
        return new Slot(local, index, shape, varies.map(t -> new Variable(name, t)));
    }

    /** Hands over what is in {@code machine}, at the end of the current block. @throws Refusal if it cannot be the same */
    void handOver(Machine machine) {
        // A value may be copied from one that is about to be overwritten: all are read before.
        List<Runnable> copies = new ArrayList<>();
        for (Slot slot : slots) {
            Operand operand = slot.local
                    ? machine.findLocal(slot.index).orElseThrow(AlreadyRefused::new)
                    : machine.stack().get(slot.index);
            if (slot.variable.isPresent()) {
                Variable variable = slot.variable.get();
                Value value = Shapes.fitting(slot.operand, operand, variable.type(), emitter)
                        .filter(v -> v.type().equals(variable.type()))
                        .orElseThrow(() -> MixedOperands.refusal(slot.operand, operand));
                emitter.builder().write(variable, value);
                addClasses(slot, operand);
                slot.differs |= !operand.equals(slot.operand);
            } else if (slot.operand instanceof Operand.Local(LocalObject copy) && copy.isValue()) {
                copies.add(copy.copying(emitter, valueOf(operand, slot)));
            } else if (!operand.equals(slot.operand)) {
                throw operand instanceof Operand.Unknown
                        ? new AlreadyRefused()
                        : MixedOperands.refusal(slot.operand, operand);
            }
        }
        copies.forEach(Runnable::run);
    }

    /** A class that comes along a way back would not be known where the block was compiled. */
    private void addClasses(Slot slot, Operand operand) {
        if (slot.operand instanceof Operand.Reference known && operand instanceof Operand.Reference other) {
            Operand.Reference either = layouts.either(known, other);
            if (entered && !either.possible().equals(known.possible())) {
                throw MixedOperands.classes(known, other);
            }
            slot.operand = either;
        }
    }

    private static LocalObject valueOf(Operand operand, Slot slot) {
        return switch (operand) {
            case Operand.Local(LocalObject object) when object.isValue() -> object;
            case Operand.Unknown unknown -> throw new AlreadyRefused();
            default -> throw MixedOperands.refusal(slot.operand, operand);
        };
    }

    /** What is there on entry; the emitter is in the block. */
    Machine enter() {
        if (bytecode.frame.isEmpty()) {
            return first.copy();
        }
        entered = true;
        if (arrived < bytecode.predecessors) {
            slots.forEach(slot -> slot.operand =
                    slot.operand instanceof Operand.Reference reference ? reference.settled() : slot.operand);
        }
        Machine machine = Machine.empty(emitter, first.localCount());
        for (Slot slot : slots) {
            Operand operand = isKnown(slot)
                    ? slot.operand
                    : Shapes.withValue(slot.operand, emitter.builder().read(slot.variable.orElseThrow()));
            if (slot.local) {
                machine.setLocal(slot.index, operand);
            } else {
                machine.push(operand);
            }
        }
        return machine;
    }

    /** True for what is no number or pointer, and for a constant that comes along all ways: an argument that has to stay known. */
    private boolean isKnown(Slot slot) {
        return slot.variable.isEmpty()
                || (arrived == bytecode.predecessors
                        && !slot.differs
                        && slot.operand instanceof Operand.Number(Value value)
                        && value instanceof Constant);
    }
}
