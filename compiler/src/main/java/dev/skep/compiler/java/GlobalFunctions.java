package dev.skep.compiler.java;

import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.FunctionBuilder;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.type.CType;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The methods of a unit that are functions of their own: those with {@code @Global} that a program calls. */
final class GlobalFunctions {
    private static final String ANNOTATION = "dev/skep/lang/Global";

    /** By owner, name and descriptor, in the order in which they are called first. */
    private final Map<String, Function> functions = new HashMap<>();

    private final List<Function> inOrder = new ArrayList<>();
    private final Set<String> begun = new HashSet<>();

    static boolean isOne(MethodModel method) {
        return ClassPool.annotation(method, ANNOTATION).isPresent();
    }

    /** All that were called. */
    List<Function> all() {
        return List.copyOf(inOrder);
    }

    /** Calls one, which is translated first if it is new. */
    Optional<Operand> call(
            UnitContext unit, ClassPool.Method method, List<Operand> arguments, Emitter emitter, Machine machine) {
        Function function = of(unit, method);
        List<ClassDesc> types = method.model().methodTypeSymbol().parameterList();
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            values.add(argument(arguments.get(i), types.get(i), emitter, machine));
        }
        Value result = emitter.add(new Operation.CallFunction(function, values));
        boolean isVoid = TypeKind.from(method.model().methodTypeSymbol().returnType()) == TypeKind.VOID;
        return isVoid ? Optional.empty() : Optional.of(new Operand.Number(result));
    }

    private static Value argument(Operand operand, ClassDesc type, Emitter emitter, Machine machine) {
        return operand instanceof Operand.Reference reference
                ? reference.pointer()
                : FunctionSignature.argument(operand, type, emitter, machine);
    }

    private Function of(UnitContext unit, ClassPool.Method method) {
        String key = method.key();
        if (!begun.add(key) && !functions.containsKey(key)) {
            throw MethodTranslation.recursion(method.model());
        }
        Function known = functions.get(key);
        if (known != null) {
            return known;
        }
        Function function = translate(unit, method);
        functions.put(key, function);
        inOrder.add(function);
        return function;
    }

    private Function translate(UnitContext unit, ClassPool.Method method) {
        String name = method.model().methodName().stringValue();
        List<ClassDesc> types = method.model().methodTypeSymbol().parameterList();
        if (types.size() > FunctionSignature.MOST_PARAMETERS) {
            throw new Refusal(
                    name + "()",
                    "a function has at most " + FunctionSignature.MOST_PARAMETERS + " parameters",
                    "leave out @Global, or pass fewer");
        }
        List<CType.Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            parameters.add(new CType.Parameter("p" + i, type(unit, types.get(i), name)));
        }
        ClassDesc returned = method.model().methodTypeSymbol().returnType();
        Int result = FunctionSignature.width(returned);
        Function function = new Function(
                symbol(name),
                Function.Linkage.GLOBAL,
                Optional.empty(),
                new CType.Prototype(FunctionSignature.number(result), parameters),
                result,
                method.position());
        FunctionBuilder builder = Programs.builder(function);
        List<Operand> operands =
                types.stream().map(type -> parameter(function, type)).toList();
        new MethodTranslation(
                        unit,
                        new Emitter(builder, Emitter.returning(Constant.of(result, 0)), KernelAccess.BY_HELPER),
                        method,
                        new Exit.OfFunction(),
                        Optional.empty())
                .run(operands);
        builder.finish();
        return function;
    }

    /** A name that no other function of the unit has. */
    private String symbol(String name) {
        String plain = name.replace('$', '_');
        long taken = inOrder.stream()
                .filter(function -> function.name().matches(plain + "(_\\d+)?"))
                .count();
        return taken == 0 ? plain : plain + "_" + taken;
    }

    private static Operand parameter(Function function, ClassDesc type) {
        if (!type.isPrimitive()) {
            return new Operand.Reference(
                    function.entry().addParameter("ctx", Pointer.to(Pointer.Provenance.CONTEXT)),
                    ClassPool.internalName(type));
        }
        return new Operand.Number(function.entry().addParameter("number", FunctionSignature.width(type)));
    }

    private static CType type(UnitContext unit, ClassDesc type, String method) {
        boolean isNumber =
                type.isPrimitive() && TypeKind.from(type) != TypeKind.FLOAT && TypeKind.from(type) != TypeKind.DOUBLE;
        if (isNumber) {
            return FunctionSignature.number(FunctionSignature.width(type));
        }
        if (type.isClassOrInterface() && unit.layouts().isContext(ClassPool.internalName(type))) {
            // The whole structure: the kernel looks for one with the context's name, and takes no forward declaration.
            return new CType.Pointer(
                    unit.layouts().of(ClassPool.internalName(type)).type());
        }
        throw new Refusal(
                method + "() with a " + type.displayName(),
                "a function that is verified on its own takes numbers and contexts",
                "leave out @Global, or pass numbers");
    }
}
