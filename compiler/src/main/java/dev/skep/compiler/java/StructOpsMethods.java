package dev.skep.compiler.java;

import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.FunctionBuilder;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Pointer.Provenance;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.type.CType;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes programs of methods that implement members of structures of the kernel. */
final class StructOpsMethods {
    private static final String SECTION = "struct_ops/";

    /** What the kernel calls such a program with: its arguments, 8 bytes each. */
    private static final CType.Parameter CONTEXT = new CType.Parameter(
            "ctx", new CType.Pointer(new CType.Scalar("unsigned long long", 8, CType.Scalar.Encoding.UNSIGNED)));

    private final UnitContext unit;

    StructOpsMethods(UnitContext unit) {
        this.unit = unit;
    }

    /** @throws Refusal if the kernel would not call such a method */
    StructOpsLayout.Implementation translate(ClassPool.Method method) {
        String name = method.model().methodName().stringValue();
        if (!method.model().flags().has(AccessFlag.STATIC)) {
            throw new Refusal(name + "()", "a program has no object that it belongs to", "make the method static");
        }
        List<ClassDesc> types = method.model().methodTypeSymbol().parameterList();
        ClassDesc returned = method.model().methodTypeSymbol().returnType();
        List<CType.Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            parameters.add(new CType.Parameter("p" + i, type(types.get(i), name)));
        }
        boolean isVoid = TypeKind.from(returned) == TypeKind.VOID;
        CType.Prototype type =
                new CType.Prototype(isVoid ? CType.VOID : number(returned, name).type(), parameters);
        return new StructOpsLayout.Implementation(name, type, program(method, name, types, type.result()));
    }

    private Function program(ClassPool.Method method, String name, List<ClassDesc> types, CType result) {
        Int resultType = result.size() == Long.BYTES ? Int.I64 : Int.I32;
        Function function = new Function(
                name,
                Function.Linkage.PROGRAM,
                Optional.of(SECTION + name),
                new CType.Prototype(result, List.of(CONTEXT)),
                resultType,
                method.position());
        FunctionBuilder builder = Programs.builder(function);
        Emitter emitter =
                new Emitter(builder, Emitter.returning(Constant.of(resultType, 0)), KernelAccess.READING_AND_WRITING);
        Value context = function.entry().addParameter("ctx", Pointer.to(Provenance.CONTEXT));
        List<Operand> arguments = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            arguments.add(argument(emitter, context, i * Long.BYTES, types.get(i)));
        }
        new MethodTranslation(unit, emitter, method, new Exit.OfFunction(), Optional.empty()).run(arguments);
        builder.finish();
        return function;
    }

    private static Operand argument(Emitter emitter, Value context, int offset, ClassDesc type) {
        if (!type.isPrimitive()) {
            Pointer pointer = Pointer.to(Provenance.KERNEL);
            return new Operand.Reference(
                    emitter.add(new Operation.Load(context, offset, Int.I64, false, pointer, Optional.empty())),
                    ClassPool.internalName(type));
        }
        Value number = emitter.add(new Operation.Load(context, offset, Int.I64, false, Int.I64, Optional.empty()));
        FieldType.Number wanted = FieldType.number(type, false, false).orElseThrow();
        return new Operand.Number(
                wanted.width() == Int.I64 ? number : emitter.extend(wanted.width(), wanted.signed(), number, Int.I32));
    }

    private CType type(ClassDesc type, String method) {
        return type.isClassOrInterface() && unit.kernel().isKernelStruct(ClassPool.internalName(type))
                ? new CType.Pointer(
                        unit.kernel().of(ClassPool.internalName(type)).type())
                : number(type, method).type();
    }

    private static FieldType.Number number(ClassDesc type, String method) {
        return FieldType.number(type, false, false)
                .orElseThrow(() -> new Refusal(
                        method + "() with " + type.displayName(),
                        "functions of the kernel take and return integers, and take pointers to its structures",
                        "use integers and classes that extend dev.skep.lang.kernel.KernelStruct"));
    }
}
