package dev.skep.compiler.java;

import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Pointer.Provenance;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.type.CType;
import dev.skep.compiler.unit.KernelFunction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The functions of the kernel that a unit calls or asks for: methods with {@code @KernelFunction}. */
final class KernelFunctionCalls {
    private static final String ANNOTATION = "dev/skep/lang/kernel/KernelFunction";

    private final Map<String, KernelFunction> used = new LinkedHashMap<>();

    static boolean isOne(MethodModel method) {
        return ClassPool.annotation(method, ANNOTATION).isPresent();
    }

    /** All that were used. */
    List<KernelFunction> all() {
        return List.copyOf(used.values());
    }

    /**
     * Asks whether one is there: 1 or 0. A program that asks for it loads without.
     *
     * @throws Refusal if the class does not declare it
     */
    Value isThere(UnitContext unit, String className, String name, Emitter emitter) {
        MethodModel method = unit.classes().find(className).stream()
                .flatMap(type -> type.methods().stream())
                .filter(each -> each.methodName().equalsString(name) && isOne(each))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        "hasFunction(\"" + name + "\")",
                        ClassPool.simpleName(className) + " declares no such function of the kernel",
                        "declare it there, as a static native method with @KernelFunction"));
        KernelFunction function = declare(unit, method);
        used.put(name, new KernelFunction(name, function.prototype(), true));
        return emitter.compare(
                Comparison.NOT_EQUAL, emitter.add(new Operation.KernelFunctionAddress(name)), Constant.of(0L));
    }

    private KernelFunction declare(UnitContext unit, MethodModel method) {
        return used.computeIfAbsent(
                method.methodName().stringValue(),
                name -> new KernelFunction(
                        name,
                        prototype(
                                unit,
                                name,
                                method.methodTypeSymbol().parameterList(),
                                method.methodTypeSymbol().returnType()),
                        false));
    }

    /** Calls one. @throws Refusal if it is declared with what functions of the kernel do not have */
    Optional<Operand> call(
            UnitContext unit, MethodModel method, List<Operand> arguments, Emitter emitter, Machine machine) {
        String name = method.methodName().stringValue();
        List<ClassDesc> types = method.methodTypeSymbol().parameterList();
        if (types.size() > FunctionSignature.MOST_PARAMETERS) {
            throw new Refusal(name + "()", "BPF passes five arguments", "there is no such function of the kernel");
        }
        declare(unit, method);
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            values.add(argument(name, arguments.get(i), types.get(i), emitter, machine));
        }
        ClassDesc returned = method.methodTypeSymbol().returnType();
        Type resultType = resultType(unit, returned);
        Value result = emitter.add(new Operation.CallKernelFunction(name, values, resultType));
        return switch (resultType) {
            case Pointer pointer -> Optional.of(new Operand.Reference(result, ClassPool.internalName(returned)));
            case Int number -> Optional.of(new Operand.Number(result));
            case Type.Nothing nothing -> Optional.empty();
        };
    }

    private static CType.Prototype prototype(UnitContext unit, String name, List<ClassDesc> types, ClassDesc returned) {
        List<CType.Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            parameters.add(new CType.Parameter("p" + i, type(unit, name, types.get(i))));
        }
        boolean isVoid = TypeKind.from(returned) == TypeKind.VOID;
        return new CType.Prototype(isVoid ? CType.VOID : type(unit, name, returned), parameters);
    }

    private static CType type(UnitContext unit, String name, ClassDesc type) {
        Optional<FieldType.Number> number = FieldType.number(type, false, false);
        if (number.isPresent()) {
            return number.get().type();
        }
        String className = ClassPool.internalName(type);
        if (unit.kernel().isKernelStruct(className)) {
            return new CType.Pointer(unit.kernel().of(className).type());
        }
        if (unit.layouts().isStruct(className)) {
            return new CType.Pointer(unit.layouts().of(className).type());
        }
        throw new Refusal(
                name + "() with a " + type.displayName(),
                "functions of the kernel take numbers and pointers to structures",
                "declare integers, structs, and classes that extend dev.skep.lang.kernel.KernelStruct");
    }

    private static Value argument(String name, Operand operand, ClassDesc type, Emitter emitter, Machine machine) {
        if (type.isPrimitive()) {
            return FunctionSignature.argument(operand, type, emitter, machine);
        }
        return switch (operand) {
            case Operand.Reference reference -> reference.pointer();
            case Operand.Unknown unknown -> throw new AlreadyRefused();
            default -> throw new Refusal(name + "()", "an argument is no structure", "pass one that is not null");
        };
    }

    private static Type resultType(UnitContext unit, ClassDesc returned) {
        if (!returned.isPrimitive()) {
            boolean kernel = unit.kernel().isKernelStruct(ClassPool.internalName(returned));
            return Pointer.nullable(kernel ? Provenance.KERNEL : Provenance.MEMORY);
        }
        return TypeKind.from(returned) == TypeKind.VOID ? Type.Nothing.VOID : FunctionSignature.width(returned);
    }
}
