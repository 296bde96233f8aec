package dev.skep.compiler.java;

import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Value;
import java.lang.classfile.instruction.FieldInstruction;
import java.util.Map;
import java.util.Optional;

/** Fields, static fields and elements of arrays. */
final class MemoryTranslation {
    private final UnitContext unit;
    private final Emitter emitter;
    private final EnumTranslation enums;

    MemoryTranslation(UnitContext unit, Emitter emitter) {
        this.unit = unit;
        this.emitter = emitter;
        this.enums = new EnumTranslation(unit, emitter);
    }

    /** @param inConstructor whether a constructor of a struct is being translated */
    void translate(FieldInstruction instruction, Machine machine, boolean inConstructor) {
        switch (instruction.opcode()) {
            case GETSTATIC -> machine.push(getStatic(instruction));
            case PUTSTATIC -> putStatic(instruction, machine.pop(), machine);
            case GETFIELD -> machine.push(get(instruction, machine.pop()));
            default -> {
                Operand value = machine.pop();
                if (machine.stack().getLast() instanceof Operand.Local(LocalObject local)) {
                    machine.pop();
                    local.set(emitter, name(instruction), settled(value, machine));
                    return;
                }
                Value pointer = pointer(machine.pop(), "writing a field");
                put(instruction, pointer, value, machine, inConstructor);
            }
        }
    }

    private LocalObject.Name name(FieldInstruction instruction) {
        String name = instruction.name().stringValue();
        String owner = unit.classes()
                .declaring(instruction.owner().asInternalName(), name)
                .orElseThrow(AlreadyRefused::new);
        return new LocalObject.Name(owner, name);
    }

    private static Operand settled(Operand value, Machine machine) {
        return value instanceof Operand.LongComparison ? new Operand.Number(machine.number(value)) : value;
    }

    private StaticFields.Meaning meaning(FieldInstruction instruction) {
        return unit.fields()
                .of(instruction.owner().asInternalName(), instruction.name().stringValue());
    }

    private Operand getStatic(FieldInstruction instruction) {
        String owner = instruction.owner().asInternalName();
        String name = instruction.name().stringValue();
        if (EnumTypes.isSwitchMap(name)) {
            return new Operand.SwitchMap(unit.layouts().enums().switchMap(owner, name));
        }
        Optional<Operand> constant = unit.layouts()
                .enums()
                .find(owner)
                .flatMap(type -> type.ordinal(name).map(ordinal -> EnumTranslation.constant(type, ordinal)));
        return constant.orElseGet(() -> getOther(instruction));
    }

    private Operand getOther(FieldInstruction instruction) {
        return switch (meaning(instruction)) {
            case StaticFields.Meaning.Constant constant -> new Operand.Number(StaticFields.constant(constant));
            case StaticFields.Meaning.Global global ->
                new Operand.Number(emitter.load(emitter.add(global.address()), 0, global.type()));
            case StaticFields.Meaning.GlobalStruct global ->
                new Operand.Reference(
                        emitter.add(global.address()), global.struct().className());
            case StaticFields.Meaning.GlobalArray(Operation.GlobalAddress address, FieldType.Array type) ->
                new Operand.Array(emitter.add(address), type.element(), type.length());
            case StaticFields.Meaning.Enumerated(EnumType type, int ordinal) -> EnumTranslation.constant(type, ordinal);
            case StaticFields.Meaning.Map map -> new Operand.Map(map.map());
        };
    }

    private void putStatic(FieldInstruction instruction, Operand operand, Machine machine) {
        String name = instruction.name().stringValue();
        if (!(meaning(instruction) instanceof StaticFields.Meaning.Global global)) {
            throw new Refusal(name + " = ...", "the static field is not a number that changes", "leave it as it is");
        }
        if (global.readOnly()) {
            throw new Refusal(
                    name + " = ...",
                    "a @Configurable field is read-only for programs",
                    "use a static field without it");
        }
        Value value = machine.number(operand);
        emitter.store(emitter.add(global.address()), 0, global.type(), value);
    }

    private StructType.Field field(FieldInstruction instruction) {
        StructType struct = unit.layouts().of(instruction.owner().asInternalName());
        return struct.field(instruction.name().stringValue()).orElseThrow(AlreadyRefused::new);
    }

    private Operand get(FieldInstruction instruction, Operand object) {
        String owner = instruction.owner().asInternalName();
        if (object instanceof Operand.Local(LocalObject local)) {
            return local.get(emitter, name(instruction));
        }
        if (object instanceof Operand.Enumerated constant) {
            return enums.field(constant, instruction.name().stringValue(), instruction.typeSymbol());
        }
        Value pointer = pointer(object, "reading a field");
        if (unit.kernel().isKernelStruct(owner)) {
            KernelType type = unit.kernel().of(owner);
            KernelType.Field field =
                    type.field(instruction.name().stringValue()).orElseThrow(AlreadyRefused::new);
            return new KernelMemory(emitter).get(pointer, type, field);
        }
        StructType.Field field = field(instruction);
        return at(pointer, field.offset(), field.type());
    }

    /** What lies at an address. */
    Operand at(Value pointer, int offset, FieldType type) {
        return switch (type) {
            case FieldType.Number number -> new Operand.Number(emitter.load(pointer, offset, number));
            case FieldType.Array(FieldType element, int length) ->
                new Operand.Array(emitter.offset(pointer, offset), element, length);
            case FieldType.Inline(StructType struct) ->
                new Operand.Reference(emitter.offset(pointer, offset), struct.className());
            case FieldType.Enumeration enumeration -> enums.load(pointer, offset, enumeration);
        };
    }

    private void put(
            FieldInstruction instruction, Value pointer, Operand value, Machine machine, boolean inConstructor) {
        String owner = instruction.owner().asInternalName();
        if (unit.kernel().isKernelStruct(owner)) {
            KernelType type = unit.kernel().of(owner);
            KernelType.Field field =
                    type.field(instruction.name().stringValue()).orElseThrow(AlreadyRefused::new);
            new KernelMemory(emitter).put(pointer, type, field, machine.number(value));
            return;
        }
        StructType.Field field = field(instruction);
        if (field.type() instanceof FieldType.Number number) {
            emitter.store(pointer, field.offset(), number, machine.number(value));
        } else if (field.type() instanceof FieldType.Enumeration) {
            emitter.store(pointer, field.offset(), FieldType.Enumeration.ORDINAL, enums.ordinal(value));
        } else if (inConstructor
                && field.type() instanceof FieldType.Array array
                && value instanceof Operand.NewArray(int length)
                && length == array.length()) {
            return; // it lies in the struct already, zeroed
        } else if (inConstructor
                && field.type() instanceof FieldType.Inline(StructType struct)
                && value instanceof Operand.Reference source
                && source.className().equals(struct.className())) {
            copy(source.pointer(), pointer, field.offset(), struct.type().size());
        } else {
            throw new Refusal(
                    instruction.name().stringValue() + " = ...",
                    "arrays and structs in a struct are parts of it, not references",
                    "set their elements or fields");
        }
    }

    private void copy(Value source, Value target, int offset, int size) {
        for (int at = 0; at < size; at++) {
            Value value = emitter.add(new Operation.Load(source, at, Int.I8, false, Int.I32, Optional.empty()));
            emitter.add(new Operation.Store(target, offset + at, Int.I8, value, Optional.empty()));
        }
    }

    /** The address in a reference to a struct or context. */
    Value pointer(Operand operand, String what) {
        return switch (operand) {
            case Operand.Reference reference -> reference.pointer();
            case Operand.Null() -> throw new Refusal(what, "the reference is null here", "give it a value first");
            case Operand.Unknown unknown -> throw new AlreadyRefused();
            default -> throw new Refusal(what, "the object is no struct", "let its class extend dev.skep.lang.Struct");
        };
    }

    /** {@code array[index]}. */
    Operand element(Operand operand, Value index) {
        if (operand instanceof Operand.SwitchMap(Map<Integer, Integer> numbers)) {
            return new Operand.CaseNumber(index, numbers);
        }
        if (operand instanceof Operand.EnumConstants(EnumType type)) {
            return enums.element(type, index);
        }
        Operand.Array array = array(operand);
        return at(address(array, index), 0, array.element());
    }

    /** {@code array[index] = value}. */
    void setElement(Operand operand, Value index, Value value) {
        Operand.Array array = array(operand);
        if (!(array.element() instanceof FieldType.Number number)) {
            throw new Refusal("array[...] = ...", "structs in an array are parts of it", "set their fields");
        }
        emitter.store(address(array, index), 0, number, value);
    }

    private static Operand.Array array(Operand operand) {
        return switch (operand) {
            case Operand.Array array -> array;
            case Operand.Unknown unknown -> throw new AlreadyRefused();
            default ->
                throw new Refusal(
                        "an array that is not part of a struct", "there is no heap in BPF", "put it into a struct");
        };
    }

    /** An element's address; the index was compared with the length right before. */
    private Value address(Operand.Array array, Value index) {
        int size = array.element().size();
        if (index instanceof Constant constant && constant.value() >= 0 && constant.value() < array.length()) {
            return emitter.offset(array.pointer(), (int) constant.value() * size);
        }
        if (array.pointer().type() instanceof Pointer pointer && pointer.provenance() == Pointer.Provenance.CONTEXT) {
            throw new Refusal(
                    "an element of the context's array at an index that varies",
                    "the kernel rewrites accesses to the context, and has to know which field each is of",
                    "write out the elements, in a switch over the index");
        }
        emitter.require(Comparison.LESS, index, Constant.of(array.length()));
        Value element = emitter.element(array.pointer(), index, size);
        if (array.pointer().type() instanceof Pointer pointer && pointer.provenance() == Pointer.Provenance.PACKET) {
            emitter.packetElements().check(unit, emitter, element, size);
        }
        return element;
    }
}
