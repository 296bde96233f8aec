package dev.skep.compiler.java;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Pointer;
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
import java.util.SortedSet;

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
                machine.push(new NewObjects(unit, emitter).make(made.className().asInternalName()));
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
            case MULTIANEWARRAY -> NewObjects.heap("an array of arrays");
            default ->
                new Refusal(
                        "the instruction " + instruction.opcode(), "it has no meaning in BPF", "write it another way");
        };
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
            throw NewObjects.heap("a new array");
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
            throw cast(ClassPool.simpleName(object.className()), wanted, "it always fails");
        }
    }

    /** Of memory it is known if it is the same for all classes that it can have. */
    private void check(TypeCheckInstruction check, Operand.Reference reference, String wanted, Machine machine) {
        SortedSet<String> classes = reference.settled().possible();
        long fitting = classes.stream()
                .filter(name -> LocalObjects.isA(unit.classes(), name, wanted))
                .count();
        boolean known = fitting == 0 || fitting == classes.size();
        if (check.opcode() == Opcode.CHECKCAST) {
            if (fitting < classes.size()) {
                throw cast(reference.className(), wanted, "memory does not know its class in BPF");
            }
        } else if (known) {
            machine.pop();
            machine.push(fitting == 0 ? Machine.truth(false) : new Operand.Number(isThere(reference.pointer())));
        } else {
            throw new Refusal(
                    "instanceof " + ClassPool.simpleName(wanted),
                    "the object is " + Dispatch.text(classes) + ", and memory does not know its class in BPF",
                    "keep a number in the struct that says what it is");
        }
    }

    private Value isThere(Value pointer) {
        return pointer.type() instanceof Pointer type && type.nullable()
                ? emitter.choose(
                        Comparison.NOT_EQUAL,
                        pointer,
                        Constant.nullPointer(type),
                        e -> Constant.of(1),
                        e -> Constant.of(0))
                : Constant.of(1);
    }

    private static Refusal cast(String className, String wanted, String why) {
        return new Refusal(
                "a cast of " + ClassPool.simpleName(className) + " to " + ClassPool.simpleName(wanted),
                why,
                "declare it as what it is");
    }

    private void check(TypeCheckInstruction check, Machine machine) {
        String wanted = ClassPool.internalName(check.type().asSymbol());
        switch (machine.stack().getLast()) {
            case Operand.Local(LocalObject object) -> check(check, object, wanted, machine);
            case Operand.Reference reference -> check(check, reference, wanted, machine);
            case Operand other
            when check.opcode() != Opcode.CHECKCAST ->
                throw new Refusal(
                        "instanceof " + ClassPool.simpleName(wanted),
                        "what the object is has to be known where the program is compiled",
                        "keep a number that says what it is");
            default -> {}
        }
    }
}
