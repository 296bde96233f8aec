package dev.skep.jvm;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Methods of {@code dev.skep.lang} that throw on the JVM. Loaded for it they call {@link BpfOnly} with their arguments. */
final class BpfOnlyMethod {
    private static final String LANGUAGE = "dev/skep/lang/";
    private static final String HELPER = "Ldev/skep/lang/Helper;";
    private static final String EXCEPTION = "dev/skep/lang/NotInJavaException";
    private static final ClassDesc BPF_ONLY = ClassDesc.of("dev.skep.jvm.BpfOnly");
    private static final MethodTypeDesc CALL =
            MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_String, ConstantDescs.CD_Object.arrayType());

    private BpfOnlyMethod() {}

    /** True for a method of a class whose body throws a {@code NotInJavaException}. */
    static boolean is(String owner, MethodModel method) {
        return owner.startsWith(LANGUAGE)
                && method.code().stream()
                        .flatMap(code -> code.elementStream())
                        .anyMatch(e -> e instanceof NewObjectInstruction made
                                && made.className().asInternalName().equals(EXCEPTION));
    }

    static void implement(ClassBuilder builder, String owner, MethodModel method) {
        builder.withMethodBody(
                method.methodName(),
                method.methodType(),
                method.flags().flagsMask(),
                code -> emit(code, owner, method));
    }

    private static void emit(CodeBuilder code, String owner, MethodModel method) {
        MethodTypeDesc type = method.methodTypeSymbol();
        List<ClassDesc> arguments = new ArrayList<>();
        if (!method.flags().has(AccessFlag.STATIC)) {
            arguments.add(ClassDesc.ofInternalName(owner));
        }
        arguments.addAll(type.parameterList());
        code.loadConstant(name(owner, method)).loadConstant(arguments.size()).anewarray(ConstantDescs.CD_Object);
        int local = 0;
        for (int i = 0; i < arguments.size(); i++) {
            TypeKind kind = TypeKind.from(arguments.get(i));
            code.dup().loadConstant(i).loadLocal(kind, local);
            box(code, kind);
            code.aastore();
            local += kind.slotSize();
        }
        code.invokestatic(BPF_ONLY, "call", CALL);
        returnUnboxed(code, type.returnType());
    }

    /** For example {@code KeyedMap.lookup}; of a helper function {@code bpf KTIME_GET_NS}. */
    static String name(String owner, MethodModel method) {
        return helper(method)
                .map(helper -> BpfOnly.HELPER
                        + helper
                        + (method.methodTypeSymbol().returnType().isClassOrInterface() ? HelperForm.SOCKET : ""))
                .orElseGet(() -> owner.substring(owner.lastIndexOf('/') + 1) + "." + method.methodName());
    }

    private static Optional<String> helper(MethodModel method) {
        return method.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .flatMap(attribute -> attribute.annotations().stream())
                .filter(annotation -> annotation.className().equalsString(HELPER))
                .map(BpfOnlyMethod::value)
                .findFirst();
    }

    /** What the annotation says, as {@link HelperForm#of} reads it. */
    private static String value(Annotation annotation) {
        return annotation.elements().stream()
                .sorted(Comparator.comparing(element -> !element.name().equalsString("value")))
                .map(element -> switch (element.value()) {
                    case AnnotationValue.OfString name -> name.stringValue();
                    case AnnotationValue.OfInt receiver -> HelperForm.RECEIVER + receiver.intValue();
                    case AnnotationValue.OfBoolean sizes -> HelperForm.WITHOUT_SIZES;
                    default -> throw new IllegalArgumentException("@Helper has no " + element.name());
                })
                .collect(Collectors.joining(" "));
    }

    private static void box(CodeBuilder code, TypeKind kind) {
        if (kind != TypeKind.REFERENCE) {
            ClassDesc box = boxOf(kind);
            code.invokestatic(box, "valueOf", MethodTypeDesc.of(box, kind.upperBound()));
        }
    }

    private static void returnUnboxed(CodeBuilder code, ClassDesc type) {
        TypeKind kind = TypeKind.from(type);
        if (kind == TypeKind.VOID) {
            code.pop().return_();
        } else if (kind == TypeKind.REFERENCE) {
            code.checkcast(type).areturn();
        } else {
            // The JVM has truths as numbers, and no object of one is a Number.
            ClassDesc primitive = kind == TypeKind.BOOLEAN ? ConstantDescs.CD_int : kind.upperBound();
            code.checkcast(ConstantDescs.CD_Number)
                    .invokevirtual(
                            ConstantDescs.CD_Number, primitive.displayName() + "Value", MethodTypeDesc.of(primitive))
                    .return_(kind);
        }
    }

    private static ClassDesc boxOf(TypeKind kind) {
        return switch (kind) {
            case BOOLEAN -> ConstantDescs.CD_Boolean;
            case BYTE -> ConstantDescs.CD_Byte;
            case SHORT -> ConstantDescs.CD_Short;
            case CHAR -> ConstantDescs.CD_Character;
            case INT -> ConstantDescs.CD_Integer;
            case LONG -> ConstantDescs.CD_Long;
            default -> throw new IllegalArgumentException(kind + " is no number that BPF has");
        };
    }
}
