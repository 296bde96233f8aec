package dev.skep.compiler.java;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
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
        /** As the first way here has it. */
        final Operand operand;
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
    private int arrived;

    /** For a block that is entered first with what is in {@code first}. */
    BlockEntry(Emitter emitter, Block block, BytecodeBlock bytecode, Machine first, StructLayouts layouts) {
        this.emitter = emitter;
        this.block = block;
        this.first = first.copy();
        this.bytecode = bytecode;
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
        Optional<Type> varies = switch (shape) {
            case Operand.Number(Value value) -> Optional.of(value.type());
            case Operand.Reference(Value pointer, String className) -> Optional.of(nullable(pointer));
            case Operand.BoxInMap(Value pointer, FieldType.Number number) -> Optional.of(nullable(pointer));
            case Operand.InnerMap(Value pointer, MapField template) -> Optional.of(nullable(pointer));
            case Operand.Array(Value pointer, FieldType element, int length) -> Optional.of(pointer.type());
            case Operand.Enumerated(Value ordinal, EnumType constants) -> Optional.of(Int.I32);
            default -> Optional.empty();
        };
        String name = (local ? "local" : "stack") + index;
        return new Slot(local, index, shape, varies.map(t -> new Variable(name, t)));
    }

    private static Type nullable(Value pointer) {
        Pointer type = (Pointer) pointer.type();
        return type.provenance() == Pointer.Provenance.CONTEXT ? type : Pointer.nullable(type.provenance());
    }

    /** Hands over what is in {@code machine}, at the end of the current block. @throws Refusal if it cannot be the same */
    void handOver(Machine machine) {
        for (Slot slot : slots) {
            Operand operand = slot.local
                    ? machine.findLocal(slot.index).orElseThrow(AlreadyRefused::new)
                    : machine.stack().get(slot.index);
            if (slot.variable.isPresent()) {
                emitter.builder().write(slot.variable.get(), value(operand, slot));
                slot.differs |= !operand.equals(slot.operand);
            } else if (!operand.equals(slot.operand)) {
                throw mixed();
            }
        }
    }

    private Value value(Operand operand, Slot slot) {
        Type type = slot.variable.orElseThrow().type();
        return switch (operand) {
            case Operand.Number(Value value) when value.type().equals(type) -> value;
            case Operand.Null() when type instanceof Pointer pointer -> Constant.nullPointer(pointer);
            case Operand.Null() when slot.operand instanceof Operand.Enumerated -> Constant.of(EnumType.NULL);
            case Operand.Enumerated(Value ordinal, EnumType constants)
            when slot.operand instanceof Operand.Enumerated -> ordinal;
            case Operand.Reference(Value pointer, String className)
            when slot.operand instanceof Operand.Reference -> as(type, pointer);
            case Operand.BoxInMap(Value pointer, FieldType.Number number)
            when slot.operand instanceof Operand.BoxInMap other && other.type().equals(number) -> as(type, pointer);
            case Operand.Array(Value pointer, FieldType element, int length)
            when slot.operand instanceof Operand.Array other
                    && other.length() == length
                    && other.element().equals(element) -> as(type, pointer);
            case Operand.InnerMap(Value pointer, MapField template)
            when slot.operand instanceof Operand.InnerMap other
                    && other.template().equals(template) -> as(type, pointer);
            case Operand.Unknown unknown -> throw new AlreadyRefused();
            default -> throw mixed();
        };
    }

    private Value as(Type type, Value pointer) {
        return pointer.type().equals(type) ? pointer : emitter.add(new Operation.Reinterpret(pointer, type));
    }

    private static Refusal mixed() {
        return new Refusal(
                "a variable that holds different things",
                "which map, array or literal it is has to be known where the program is compiled",
                "use the one or the other in a branch of its own");
    }

    /** What is there on entry; the emitter is in the block. */
    Machine enter() {
        if (bytecode.frame.isEmpty()) {
            return first.copy();
        }
        Machine machine = Machine.empty(emitter, first.localCount());
        for (Slot slot : slots) {
            Operand operand = isKnown(slot)
                    ? slot.operand
                    : withValue(slot.operand, emitter.builder().read(slot.variable.orElseThrow()));
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

    private static Operand withValue(Operand shape, Value value) {
        return switch (shape) {
            case Operand.Number number -> new Operand.Number(value);
            case Operand.Reference(Value pointer, String className) -> new Operand.Reference(value, className);
            case Operand.BoxInMap(Value pointer, FieldType.Number type) -> new Operand.BoxInMap(value, type);
            case Operand.InnerMap(Value pointer, MapField template) -> new Operand.InnerMap(value, template);
            case Operand.Array(Value pointer, FieldType element, int length) ->
                new Operand.Array(value, element, length);
            case Operand.Enumerated(Value ordinal, EnumType type) -> new Operand.Enumerated(value, type);
            default -> throw new IllegalStateException(shape + " is not in a variable");
        };
    }
}
