package dev.skep.compiler.java;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Value;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.NopInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.List;

/** Translates instructions that do not end a block. */
final class InstructionTranslation {
    private final UnitContext unit;
    private final Emitter emitter;
    private final MethodTranslation method;
    private final ArithmeticTranslation arithmetic;
    private final MemoryTranslation memory;
    private final CallTranslation calls;

    InstructionTranslation(UnitContext unit, Emitter emitter, MethodTranslation method) {
        this.unit = unit;
        this.emitter = emitter;
        this.method = method;
        this.arithmetic = new ArithmeticTranslation(emitter);
        this.memory = new MemoryTranslation(unit, emitter);
        this.calls = new CallTranslation(unit, emitter, method);
    }

    /** @throws Refusal if it cannot be compiled; the stack may have changed then */
    void translate(Instruction instruction, Machine machine) {
        switch (instruction) {
            case LoadInstruction load -> machine.push(machine.local(load.slot()));
            case StoreInstruction store -> machine.setLocal(store.slot(), machine.pop());
            case IncrementInstruction increment -> increment(increment, machine);
            case ConstantInstruction constant -> machine.push(constant(constant));
            case OperatorInstruction operator when operator.opcode() == Opcode.ARRAYLENGTH -> length(machine);
            case OperatorInstruction operator -> arithmetic.translate(operator, machine);
            case ConvertInstruction conversion -> arithmetic.translate(conversion, machine);
            case StackInstruction stack -> StackShuffle.apply(stack.opcode(), machine);
            case FieldInstruction field -> memory.translate(field, machine, method.isConstructor());
            case InvokeInstruction call -> calls.translate(call, machine);
            case InvokeDynamicInstruction call -> calls.translate(call, machine);
            case NewObjectInstruction made ->
                machine.push(newObject(made.className().asInternalName()));
            case NewPrimitiveArrayInstruction made -> newArray(made.typeKind(), machine);
            case NewReferenceArrayInstruction made -> newArguments(made, machine);
            case ArrayLoadInstruction load -> {
                Value index = machine.popNumber();
                machine.push(memory.element(machine.pop(), index));
            }
            case ArrayStoreInstruction store -> storeElement(machine);
            case TypeCheckInstruction check -> check(check, machine);
            case NopInstruction nop -> {}
            default -> throw other(instruction);
        }
    }

    private static RuntimeException other(Instruction instruction) {
        return switch (instruction.opcode()) {
            case MONITOREXIT -> new AlreadyRefused();
            case MONITORENTER ->
                new Refusal(
                        "synchronized",
                        "BPF programs never wait for a lock of the JVM",
                        "change numbers with KeyedMap.add");
            case MULTIANEWARRAY -> heap("an array of arrays");
            default ->
                new Refusal(
                        "the instruction " + instruction.opcode(), "it has no meaning in BPF", "write it another way");
        };
    }

    private static Refusal heap(String what) {
        return new Refusal(what, "there is no heap in BPF", "use a struct, which lies on the stack, or a map");
    }

    private void increment(IncrementInstruction increment, Machine machine) {
        Value value = machine.number(machine.local(increment.slot()));
        machine.setLocal(
                increment.slot(),
                new Operand.Number(emitter.binary(BinaryOperator.ADD, value, Constant.of(increment.constant()))));
    }

    private static Operand constant(ConstantInstruction instruction) {
        return switch (instruction.constantValue()) {
            case Integer number -> new Operand.Number(Constant.of(number));
            case Long number -> new Operand.Number(Constant.of(number));
            case String text -> new Operand.Text(text);
            case ClassDesc type -> new Operand.ClassLiteral(ClassPool.internalName(type));
            case Object nothing when nothing.equals(ConstantDescs.NULL) -> new Operand.Null();
            default -> {
                ArithmeticTranslation.refuseFloating(instruction.typeKind());
                throw new Refusal("a constant", "it has no meaning in BPF", "use numbers");
            }
        };
    }

    private static void length(Machine machine) {
        int length = switch (machine.pop()) {
            case Operand.Array array -> array.length();
            case Operand.Arguments arguments -> arguments.elements().size();
            case Operand.EnumConstants(EnumType type) -> type.constants().size();
            default -> throw new AlreadyRefused();
        };
        machine.push(Constant.of(length));
    }

    private Operand newObject(String className) {
        if (className.equals("java/lang/AssertionError") || className.equals("java/lang/MatchException")) {
            return new Operand.Failure();
        }
        if (className.endsWith("Exception")) {
            throw new Refusal(
                    "new " + ClassPool.simpleName(className) + "()",
                    "there are no exceptions in BPF",
                    "return a number that says what happened");
        }
        if (LocalObjects.canBe(unit, className)) {
            return new Operand.Local(LocalObject.make(unit, emitter, className));
        }
        if (!unit.layouts().isStruct(className) || unit.layouts().isContext(className)) {
            throw heap("new " + ClassPool.simpleName(className) + "()");
        }
        int size = unit.layouts().of(className).type().size();
        if (size == 0) {
            throw new Refusal(
                    "new " + ClassPool.simpleName(className) + "()", "the struct has no fields", "give it one");
        }
        Value address = emitter.slot(ClassPool.simpleName(className), size);
        emitter.clear(address, size);
        return new Operand.Reference(address, className);
    }

    /** In a constructor of a struct it may be for a field, where it lies already; elsewhere it lies on the stack. */
    private void newArray(TypeKind elements, Machine machine) {
        if (!(machine.popNumber() instanceof Constant length)) {
            throw new Refusal(
                    "a new array of a length that varies",
                    "there is no heap in BPF, and a place on the stack has a size that is known",
                    "give it the greatest length as a constant, or use a map");
        }
        machine.push(
                method.isConstructor()
                        ? new Operand.NewArray((int) length.value())
                        : new LocalArrays(emitter).make(elements, length.value()));
    }

    /** Such an array is made for methods that take any number of arguments; others are refused where they are used. */
    private static void newArguments(NewReferenceArrayInstruction made, Machine machine) {
        boolean objects =
                ClassPool.internalName(made.componentType().asSymbol()).equals("java/lang/Object");
        if (!objects) {
            throw new Refusal(
                    "a new array of "
                            + ClassPool.simpleName(
                                    ClassPool.internalName(made.componentType().asSymbol())),
                    "only numbers lie in arrays that are no part of a struct",
                    "use an array of numbers, a switch, or a map");
        }
        if (!(machine.popNumber() instanceof Constant length)) {
            throw heap("a new array");
        }
        List<Operand> elements = new ArrayList<>();
        for (int i = 0; i < length.value(); i++) {
            elements.add(new Operand.Null());
        }
        machine.push(new Operand.Arguments(elements));
    }

    private void storeElement(Machine machine) {
        Operand value = machine.pop();
        Value index = machine.popNumber();
        Operand array = machine.pop();
        if (array instanceof Operand.Arguments(List<Operand> elements) && index instanceof Constant position) {
            elements.set((int) position.value(), value);
        } else {
            memory.setElement(array, index, machine.number(value));
        }
    }

    /** The class of an object that never leaves the program is known. */
    private void check(TypeCheckInstruction check, LocalObject object, String wanted, Machine machine) {
        boolean fits = LocalObjects.isA(unit.classes(), object.className(), wanted);
        if (check.opcode() == Opcode.INSTANCEOF) {
            machine.pop();
            machine.push(Machine.truth(fits));
        } else if (!fits) {
            throw new Refusal(
                    "a cast of " + ClassPool.simpleName(object.className()) + " to " + ClassPool.simpleName(wanted),
                    "it always fails",
                    "declare it as what it is");
        }
    }

    private void check(TypeCheckInstruction check, Machine machine) {
        String wanted = ClassPool.internalName(check.type().asSymbol());
        if (machine.stack().getLast() instanceof Operand.Local(LocalObject object)) {
            check(check, object, wanted, machine);
            return;
        }
        if (check.opcode() != Opcode.CHECKCAST) {
            throw new Refusal(
                    "instanceof " + ClassPool.simpleName(wanted),
                    "memory does not know its class in BPF",
                    "keep a number in the struct that says what it is");
        }
        if (machine.stack().getLast() instanceof Operand.Reference(Value pointer, String className)
                && !unit.classes().isA(className, wanted)) {
            throw new Refusal(
                    "a cast of " + ClassPool.simpleName(className) + " to " + ClassPool.simpleName(wanted),
                    "memory does not know its class in BPF",
                    "declare it as what it is");
        }
    }
}
