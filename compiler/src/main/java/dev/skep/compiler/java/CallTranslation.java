package dev.skep.compiler.java;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Position;
import java.lang.classfile.Annotation;
import java.lang.classfile.MethodModel;
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
    private final Dispatch dispatch;

    CallTranslation(UnitContext unit, Emitter emitter, MethodTranslation caller) {
        this.unit = unit;
        this.emitter = emitter;
        this.caller = caller;
        this.enums = new EnumTranslation(unit, emitter);
        this.dispatch = new Dispatch(unit);
    }

    void translate(InvokeInstruction instruction, Machine machine) {
        Callee callee = Callee.of(instruction);
        List<Operand> arguments = machine.pop(callee.type().parameterCount() + (callee.hasReceiver() ? 1 : 0));
        call(callee, arguments, machine).ifPresent(machine::push);
    }

    /** The same for another function, in which methods are compiled as in this one. */
    CallTranslation within(Emitter other) {
        return new CallTranslation(unit, other, caller);
    }

    /** Calls a method. @param arguments the receiver first, if there is one @return empty for {@code void} */
    private Optional<Operand> call(Callee callee, List<Operand> arguments, Machine machine) {
        if (callee.how() == Callee.How.NEW) {
            return Optional.of(make(callee, arguments));
        }
        if (callee.isConstructor()) {
            construct(callee, arguments);
            return Optional.empty();
        }
        if (callee.hasReceiver() && arguments.getFirst() instanceof Operand.Unknown) {
            throw new AlreadyRefused();
        }
        if (callee.hasReceiver()
                && arguments.getFirst() instanceof Operand.Closure closure
                && callee.name().equals(closure.method())) {
            List<Operand> all = new ArrayList<>(closure.captured());
            all.addAll(arguments.subList(1, arguments.size()));
            return call(closure, all, machine);
        }
        return callNamed(callee, arguments, machine);
    }

    private Operand make(Callee constructor, List<Operand> arguments) {
        Operand made = new NewObjects(unit, emitter).make(constructor.owner());
        List<Operand> all = new ArrayList<>(List.of(made));
        all.addAll(arguments);
        construct(constructor, all);
        return made;
    }

    private void construct(Callee callee, List<Operand> arguments) {
        String owner = callee.owner();
        if (arguments.getFirst() instanceof Operand.Local(LocalObject object)) {
            if (!owner.startsWith("java/lang/")) {
                inline(method(callee), arguments);
            }
            if (owner.equals(object.className())) {
                object.complete();
            }
            return;
        }
        if (arguments.getFirst() instanceof Operand.Reference
                && !owner.equals(StructLayouts.STRUCT)
                && !owner.equals(StructLayouts.CONTEXT)) {
            inline(method(callee), arguments);
        }
    }

    private ClassPool.Method method(Callee callee) {
        return dispatch.method(callee, List.of()).orElseThrow(() -> unknown(callee));
    }

    private static Refusal unknown(Callee callee) {
        return callee.owner().startsWith("java/")
                ? new Refusal(
                        callee.text(),
                        "methods of the JDK do not exist in BPF, except for some on whole numbers",
                        "write it with integers, structs and maps, or use dev.skep.lang")
                : new Refusal(callee.text(), "its class file is not there", "put it beside the program's class");
    }

    private Optional<Operand> callNamed(Callee callee, List<Operand> arguments, Machine machine) {
        String name = callee.name();
        Optional<ClassPool.Method> method = dispatch.method(callee, arguments);
        Optional<Operand> ofEnum = enumeration(callee, arguments)
                .filter(e -> method.isEmpty() || EnumTranslation.isMade(name, callee.type()))
                .flatMap(e -> enums.call(e, name, arguments));
        if (ofEnum.isPresent()) {
            return ofEnum;
        }
        String declaring =
                method.map(m -> m.owner().thisClass().asInternalName()).orElse(callee.owner());
        Optional<Intrinsic> intrinsic =
                Intrinsics.find(declaring, name, callee.type().descriptorString());
        if (intrinsic.isPresent()) {
            return intrinsic.get().lower(new Call(name, unit, emitter, machine, arguments, this));
        }
        if (method.isEmpty() && name.equals("equals") && arguments.getFirst() instanceof Operand.Local) {
            return Optional.of(Machine.truth(arguments.getFirst().equals(arguments.get(1))));
        }
        return call(callee, method.orElseThrow(() -> unknown(callee)), arguments, machine);
    }

    /** The enum that a method is called of. */
    private Optional<EnumType> enumeration(Callee callee, List<Operand> arguments) {
        return callee.hasReceiver() && arguments.getFirst() instanceof Operand.Enumerated constant
                ? Optional.of(constant.type())
                : unit.layouts().enums().find(callee.owner());
    }

    private Optional<Operand> call(Callee callee, ClassPool.Method found, List<Operand> arguments, Machine machine) {
        boolean isStatic = !callee.hasReceiver();
        Optional<Annotation> helper = ClassPool.annotation(found.model(), "dev/skep/lang/Helper");
        if (helper.isPresent()) {
            return new HelperCall(unit, emitter, machine)
                    .call(helper.get(), callee.name(), callee.type(), isStatic, arguments);
        }
        if (!isStatic) {
            refuseReceiver(callee, arguments.getFirst());
            return inline(found, arguments);
        }
        if (KernelFunctionCalls.isOne(found.model())) {
            return unit.kernelFunctions().call(unit, found.model(), arguments, emitter, machine);
        }
        if (GlobalFunctions.isOne(found.model())) {
            return unit.functions().call(unit, found, arguments, emitter, machine);
        }
        Optional<Optional<Operand>> called = unit.subprograms().call(unit, found, arguments, emitter, machine);
        return called.isPresent() ? called.get() : inline(found, arguments);
    }

    private static void refuseReceiver(Callee callee, Operand receiver) {
        switch (receiver) {
            case Operand.Reference reference -> {}
            case Operand.Local local -> {}
            case Operand.Map map -> {}
            case Operand.Enumerated constant -> {}
            case Operand.Closure closure -> {}
            default -> throw new Refusal(callee.text(), "only structs have methods in BPF", "make it a static method");
        }
    }

    /** Calls what a lambda expression or a method reference stands for. @param all its arguments, the captured ones first */
    Optional<Operand> call(Operand.Closure closure, List<Operand> all, Machine machine) {
        Callee callee = closure.callee();
        Optional<Operand> result =
                call(callee, ClosureArguments.adapted(all, callee.type(), emitter, machine), machine);
        return result.flatMap(operand -> ClosureArguments.result(operand, closure, emitter, machine));
    }

    /** The method that the call is in. */
    MethodTranslation caller() {
        return caller;
    }

    /** Compiles a method in the place of its call, also one with a meaning of its own. */
    Optional<Operand> inline(Intrinsic.Method method, List<Operand> arguments) {
        MethodTypeDesc type = MethodTypeDesc.ofDescriptor(method.descriptor());
        return inline(method(new Callee(Callee.How.EXACT, method.owner(), method.name(), type)), arguments);
    }

    /** A lambda expression or method reference: what it refers to is known, so it is compiled where it is called. */
    void translate(InvokeDynamicInstruction instruction, Machine machine) {
        List<Operand> captured = machine.pop(instruction.typeSymbol().parameterCount());
        String maker = ClassPool.internalName(instruction.bootstrapMethod().owner());
        if (maker.equals(SWITCHES) && captured.getFirst() instanceof Operand.Enumerated constant) {
            machine.push(enums.choose(constant, machine.number(captured.getLast()), instruction.bootstrapArgs()));
            return;
        }
        Optional<Operand> computed = new LocalObjects(unit, emitter).dynamic(instruction, maker, captured, machine);
        if (computed.isPresent()) {
            machine.push(computed.get());
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
        MethodTypeDesc made = (MethodTypeDesc) instruction.bootstrapArgs().get(2);
        machine.push(
                new Operand.Closure(instruction.name().stringValue(), made.returnType(), Callee.of(handle), captured));
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
