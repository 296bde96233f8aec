package dev.skep.compiler.java;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Position;
import java.lang.classfile.Annotation;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Calls. Methods with a meaning of their own are intrinsics; all others are compiled in place, so that maps, literals and lambdas can
 * be passed to them, and a division by zero in them ends the program.
 */
final class CallTranslation {
    private static final String METAFACTORY = "java/lang/invoke/LambdaMetafactory";

    private static final String SWITCHES = "java/lang/runtime/SwitchBootstraps";

    private final UnitContext unit;
    private final Emitter emitter;
    private final MethodTranslation caller;
    private final EnumTranslation enums;

    CallTranslation(UnitContext unit, Emitter emitter, MethodTranslation caller) {
        this.unit = unit;
        this.emitter = emitter;
        this.caller = caller;
        this.enums = new EnumTranslation(unit, emitter);
    }

    void translate(InvokeInstruction instruction, Machine machine) {
        MethodTypeDesc type = instruction.typeSymbol();
        String owner = instruction.owner().asInternalName();
        String name = instruction.name().stringValue();
        boolean isStatic = instruction.opcode() == Opcode.INVOKESTATIC;
        List<Operand> arguments = machine.pop(type.parameterCount() + (isStatic ? 0 : 1));
        Optional<Operand> result;
        if (name.equals("<init>")) {
            construct(owner, type, arguments);
            result = Optional.empty();
        } else if (!isStatic && arguments.getFirst() instanceof Operand.Closure closure) {
            result = call(closure, arguments.subList(1, arguments.size()), machine);
        } else {
            result = call(owner, name, type, isStatic, arguments, machine);
        }
        result.ifPresent(machine::push);
    }

    private void construct(String owner, MethodTypeDesc type, List<Operand> arguments) {
        if (arguments.getFirst() instanceof Operand.Local(LocalObject object)) {
            if (!owner.startsWith("java/lang/")) {
                inline(method(owner, "<init>", type), arguments);
            }
            if (owner.equals(object.className())) {
                object.complete();
            }
            return;
        }
        if (arguments.getFirst() instanceof Operand.Reference
                && !owner.equals(StructLayouts.STRUCT)
                && !owner.equals(StructLayouts.CONTEXT)) {
            inline(method(owner, "<init>", type), arguments);
        }
    }

    private ClassPool.Method method(String owner, String name, MethodTypeDesc type) {
        return unit.classes().method(owner, name, type.descriptorString()).orElseThrow(() -> unknown(owner, name));
    }

    private static Refusal unknown(String owner, String name) {
        String what = ClassPool.simpleName(owner) + "." + name + "()";
        return owner.startsWith("java/")
                ? new Refusal(
                        what,
                        "methods of the JDK do not exist in BPF, except for some on whole numbers",
                        "write it with integers, structs and maps, or use dev.skep.lang")
                : new Refusal(what, "its class file is not there", "put it beside the program's class");
    }

    private Optional<Operand> call(
            String owner,
            String name,
            MethodTypeDesc type,
            boolean isStatic,
            List<Operand> arguments,
            Machine machine) {
        if (!isStatic && arguments.getFirst() instanceof Operand.Unknown) {
            throw new AlreadyRefused();
        }
        Optional<ClassPool.Method> method = LocalObjects.method(unit.classes(), owner, name, type, isStatic, arguments);
        Optional<Operand> ofEnum = unit.layouts()
                .enums()
                .find(owner)
                .filter(e -> method.isEmpty() || EnumTranslation.isMade(name, type))
                .flatMap(e -> enums.call(e, name, arguments));
        if (ofEnum.isPresent()) {
            return ofEnum;
        }
        String declaring =
                method.map(m -> m.owner().thisClass().asInternalName()).orElse(owner);
        Optional<Intrinsic> intrinsic = Intrinsics.find(declaring, name, type.descriptorString());
        if (intrinsic.isPresent()) {
            return intrinsic.get().lower(new Call(name, unit, emitter, machine, arguments, this));
        }
        if (method.isEmpty() && name.equals("equals") && arguments.getFirst() instanceof Operand.Local) {
            return Optional.of(Machine.truth(arguments.getFirst().equals(arguments.get(1))));
        }
        ClassPool.Method found = method.orElseThrow(() -> unknown(owner, name));
        Optional<Annotation> helper = ClassPool.annotation(found.model(), "dev/skep/lang/Helper");
        if (helper.isPresent()) {
            return new HelperCall(unit, emitter, machine).call(helper.get(), name, type, isStatic, arguments);
        }
        if (isStatic && KernelFunctionCalls.isOne(found.model())) {
            return unit.kernelFunctions().call(unit, found.model(), arguments, emitter, machine);
        }
        if (!isStatic && arguments.getFirst() instanceof Operand.Enumerated constant) {
            unit.layouts().enums().refuseOverridden(constant.type(), name, type.descriptorString());
        } else if (!isStatic && !hasMethods(arguments.getFirst())) {
            throw new Refusal(
                    ClassPool.simpleName(owner) + "." + name + "()",
                    "only structs have methods in BPF",
                    "make it a static method");
        }
        if (isStatic && GlobalFunctions.isOne(found.model())) {
            return unit.functions().call(unit, found, arguments, emitter, machine);
        }
        if (isStatic) {
            Optional<Optional<Operand>> called = unit.subprograms().call(unit, found, arguments, emitter, machine);
            if (called.isPresent()) {
                return called.get();
            }
        }
        return inline(found, arguments);
    }

    private static boolean hasMethods(Operand receiver) {
        return receiver instanceof Operand.Reference
                || receiver instanceof Operand.Local
                || receiver instanceof Operand.Map;
    }

    private Optional<Operand> call(Operand.Closure closure, List<Operand> arguments, Machine machine) {
        List<Operand> all = new ArrayList<>(closure.captured());
        all.addAll(arguments);
        MethodTypeDesc type = closure.method().methodTypeSymbol();
        return inline(method(closure), ClosureArguments.adapted(all, type, emitter, machine));
    }

    /** The method that is called. */
    ClassPool.Method method(Operand.Closure closure) {
        return method(
                closure.owner(),
                closure.method().methodName().stringValue(),
                closure.method().methodTypeSymbol());
    }

    /** The method that the call is in. */
    MethodTranslation caller() {
        return caller;
    }

    /** Compiles a method in the place of its call, also one with a meaning of its own. */
    Optional<Operand> inline(Intrinsic.Method method, List<Operand> arguments) {
        return inline(
                method(method.owner(), method.name(), MethodTypeDesc.ofDescriptor(method.descriptor())), arguments);
    }

    /** A lambda expression or method reference: what it refers to is known, so it is compiled where it is called. */
    void translate(InvokeDynamicInstruction instruction, Machine machine) {
        List<Operand> captured = machine.pop(instruction.typeSymbol().parameterCount());
        String maker = ClassPool.internalName(instruction.bootstrapMethod().owner());
        if (maker.equals(SWITCHES) && captured.getFirst() instanceof Operand.Enumerated constant) {
            machine.push(enums.choose(constant, machine.number(captured.getLast()), instruction.bootstrapArgs()));
            return;
        }
        Optional<Operand> made = new LocalObjects(unit, emitter).dynamic(instruction, maker, captured, machine);
        if (made.isPresent()) {
            machine.push(made.get());
            return;
        }
        boolean lambda = maker.equals(METAFACTORY);
        if (!lambda || !(instruction.bootstrapArgs().get(1) instanceof DirectMethodHandleDesc handle)) {
            throw new Refusal(
                    instruction.name().equalsString("makeConcatWithConstants")
                            ? "joining strings"
                            : instruction.name().stringValue(),
                    "code that the JVM makes while it runs does not exist in BPF",
                    "write text by Log.printf with a literal format");
        }
        String owner = ClassPool.internalName(handle.owner());
        String name = handle.methodName();
        ClassPool.Method method =
                unit.classes().method(owner, name, handle.lookupDescriptor()).orElseThrow(() -> unknown(owner, name));
        machine.push(new Operand.Closure(owner, method.model(), captured));
    }

    private Optional<Operand> inline(ClassPool.Method method, List<Operand> arguments) {
        MethodModel model = method.model();
        caller.refuseRecursion(model, arguments);
        if (!emitter.takesIn(InlinedSizes.length(model))) {
            throw new Refusal(
                    "the call of " + model.methodName().stringValue() + "()",
                    "methods that are compiled in the place of their calls have made the program larger than "
                            + Emitter.MOST_BYTECODE / 1024 + " KiB of bytecode",
                    "call methods that call others less often, or in a loop; static ones of numbers, contexts and structs"
                            + " in maps become functions of their own");
        }
        Block continuation = emitter.newBlock("after_" + model.methodName().stringValue());
        Exit.OfCall exit =
                new Exit.OfCall(continuation, model.methodTypeSymbol().returnType(), unit.layouts());
        Position here = emitter.builder().position();
        new MethodTranslation(unit, emitter, method, exit, Optional.of(caller)).run(arguments);
        emitter.continueIn(continuation);
        emitter.builder().at(here);
        return TypeKind.from(model.methodTypeSymbol().returnType()) == TypeKind.VOID
                ? Optional.empty()
                : Optional.of(exit.result(emitter));
    }
}
