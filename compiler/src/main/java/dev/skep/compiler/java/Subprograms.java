package dev.skep.compiler.java;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.type.CType;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Static methods that become functions of their own: those that are called in several places and are long, themselves or with what
 * they call, if they can; and those with {@code @Subprogram}. Such a function returns 64 bits. Where Java would throw, it sets {@link #ABORTED}, and the caller ends.
 */
final class Subprograms {
    private static final String ANNOTATION = "dev/skep/lang/Subprogram";

    /** Bytes of bytecode from which on a method is long: about a hundred instructions of BPF. */
    private static final int LONG = 200;

    /** Set beside a result of 32 bits. */
    private static final long ABORTED = 1L << 32;

    /** What was made of a method. @param mayAbort whether the result has to be looked at */
    private record Subprogram(Function function, boolean mayAbort) {}

    /** Empty for methods that cannot be functions. */
    private final Map<String, Optional<Subprogram>> made = new HashMap<>();

    private final List<Function> functions = new ArrayList<>();
    private final InlinedSizes sizes = new InlinedSizes();
    private int names;

    /** All that were made. */
    List<Function> all() {
        return List.copyOf(functions);
    }

    /** Calls a method as a function; empty if it is to be compiled in the place of the call. The result is empty for {@code void}. */
    Optional<Optional<Operand>> call(
            UnitContext unit, ClassPool.Method method, List<Operand> arguments, Emitter emitter, Machine machine) {
        boolean forced = ClassPool.annotation(method.model(), ANNOTATION).isPresent();
        if (!forced && !(isLong(unit.classes(), method) && isCalledOften(method))) {
            return Optional.empty();
        }
        Optional<Subprogram> subprogram = hasArguments(method.model(), arguments)
                ? find(unit, method, arguments, emitter.kernelAccess(), forced)
                : Optional.empty();
        if (subprogram.isEmpty() && forced) {
            throw new Refusal(
                    method.model().methodName().stringValue() + "()",
                    "with these parameters, or this code, it cannot be a function of its own",
                    "leave out @Subprogram; or pass numbers, contexts and structs of maps, and return an int");
        }
        return subprogram.map(found -> call(found, method.model(), arguments, emitter, machine));
    }

    private boolean isLong(ClassPool classes, ClassPool.Method method) {
        return (InlinedSizes.length(method.model()) >= LONG || sizes.isLarge(classes, method))
                && method.model().code().stream()
                        .flatMap(CodeModel::elementStream)
                        .noneMatch(InvokeDynamicInstruction.class::isInstance);
    }

    /** True if there are several calls in its own class. */
    private static boolean isCalledOften(ClassPool.Method method) {
        return method.owner().methods().stream()
                        .flatMap(caller -> caller.code().stream())
                        .flatMap(CodeModel::elementStream)
                        .filter(element -> element instanceof InvokeInstruction call
                                && call.owner()
                                        .asInternalName()
                                        .equals(method.owner().thisClass().asInternalName())
                                && call.name().equals(method.model().methodName())
                                && call.type().equals(method.model().methodType()))
                        .limit(2)
                        .count()
                == 2;
    }

    /** True if a function can take these: what the frame has is out of its reach. */
    private static boolean hasArguments(MethodModel method, List<Operand> arguments) {
        ClassDesc result = method.methodTypeSymbol().returnType();
        return arguments.size() <= FunctionSignature.MOST_PARAMETERS
                && (result.isPrimitive() && TypeKind.from(result) != TypeKind.FLOAT)
                && TypeKind.from(result) != TypeKind.DOUBLE
                && arguments.stream().allMatch(argument -> switch (argument) {
                    case Operand.Number number -> true;
                    case Operand.LongComparison comparison -> true;
                    case Operand.Reference reference ->
                        reference.pointer().type() instanceof Pointer type
                                && type.provenance() != Pointer.Provenance.STACK;
                    default -> false;
                });
    }

    private Optional<Subprogram> find(
            UnitContext unit, ClassPool.Method method, List<Operand> arguments, KernelAccess access, boolean forced) {
        StringBuilder key = new StringBuilder(method.key()).append(access);
        arguments.stream()
                .filter(Operand.Reference.class::isInstance)
                .forEach(argument -> key.append(
                        argument instanceof Operand.Reference r
                                ? r.pointer().type() + r.className() + r.possible()
                                : ""));
        Optional<Subprogram> known = made.get(key.toString());
        if (known == null) {
            // One that calls itself is found not to be a function, and then to be recursive.
            made.put(key.toString(), Optional.empty());
            known = translate(unit, method, arguments, access, forced);
            made.put(key.toString(), known);
            known.ifPresent(subprogram -> functions.add(subprogram.function()));
        }
        return known;
    }

    /** Tries to make a function; what is refused then is found again in the place of the call. */
    private Optional<Subprogram> translate(
            UnitContext unit, ClassPool.Method method, List<Operand> arguments, KernelAccess access, boolean forced) {
        List<ClassDesc> types = method.model().methodTypeSymbol().parameterList();
        Position position = method.position();
        Function function = new Function(
                name(method.model()),
                Function.Linkage.STATIC,
                Optional.empty(),
                new CType.Prototype(FunctionSignature.number(Int.I64), parameters(types)),
                Int.I64,
                position);
        if (forced) {
            function.keepSeparate();
        }
        boolean[] aborts = new boolean[1];
        Emitter emitter = new Emitter(
                Programs.builder(function),
                (block, place) -> {
                    aborts[0] = true;
                    Emitter.returning(Constant.of(ABORTED)).end(block, place);
                },
                access);
        List<Operand> parameters = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            parameters.add(parameter(function, types.get(i), arguments.get(i)));
        }
        Findings findings = new Findings();
        boolean translated = findings.guard(position.file(), position.line(), () -> {
            new MethodTranslation(unit.with(findings), emitter, method, new Exit.OfSubprogram(), Optional.empty())
                    .run(parameters);
            emitter.finish(findings);
        });
        boolean wide = TypeKind.from(method.model().methodTypeSymbol().returnType()) == TypeKind.LONG;
        if (!translated || !findings.isEmpty() || (wide && aborts[0])) {
            return Optional.empty();
        }
        unit.findings().assumptions().addAll(findings.assumptions());
        return Optional.of(new Subprogram(function, aborts[0]));
    }

    private String name(MethodModel method) {
        names++;
        return "sub" + names + "_" + method.methodName().stringValue().replace('$', '_');
    }

    private static List<CType.Parameter> parameters(List<ClassDesc> types) {
        List<CType.Parameter> parameters = new ArrayList<>();
        for (ClassDesc type : types) {
            CType declared = type.isPrimitive()
                    ? FunctionSignature.number(FunctionSignature.width(type))
                    : new CType.Pointer(new CType.Void());
            parameters.add(new CType.Parameter("p" + parameters.size(), declared));
        }
        return parameters;
    }

    private static Operand parameter(Function function, ClassDesc type, Operand argument) {
        if (argument instanceof Operand.Reference reference) {
            return reference.at(
                    function.entry().addParameter("pointer", reference.pointer().type()));
        }
        return new Operand.Number(function.entry().addParameter("number", FunctionSignature.width(type)));
    }

    private static Optional<Operand> call(
            Subprogram subprogram, MethodModel method, List<Operand> arguments, Emitter emitter, Machine machine) {
        List<ClassDesc> types = method.methodTypeSymbol().parameterList();
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            values.add(
                    arguments.get(i) instanceof Operand.Reference reference
                            ? reference.pointer()
                            : FunctionSignature.argument(arguments.get(i), types.get(i), emitter, machine));
        }
        Value result = emitter.add(new Operation.CallFunction(subprogram.function(), values));
        if (subprogram.mayAbort()) {
            Value flag = emitter.binary(BinaryOperator.SHIFT_RIGHT, result, Constant.of(32L));
            emitter.require(Comparison.EQUAL, flag, Constant.of(0L));
        }
        ClassDesc returned = method.methodTypeSymbol().returnType();
        return switch (TypeKind.from(returned)) {
            case VOID -> Optional.empty();
            case LONG -> Optional.of(new Operand.Number(result));
            default -> Optional.of(Exit.ofReturnType(emitter, new Operand.Number(emitter.narrow(result)), returned));
        };
    }
}
