package dev.skep.compiler.java;

import dev.skep.compiler.java.samples.Arguments;
import dev.skep.lang.context.XdpAction;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.program.Xdp;
import java.lang.classfile.Annotation;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes a class with an XDP program for each of some static methods: it takes their arguments from the packet and writes the
 * result into it, as {@link Arguments} lies there.
 */
final class MethodPrograms {
    static final String NAME = "dev/skep/compiler/java/samples/MadePrograms";

    private static final ClassDesc ARGUMENTS = describe(Arguments.class);
    private static final ClassDesc CONTEXT = describe(XdpContext.class);
    private static final ClassDesc STRUCT = ClassDesc.of("dev.skep.lang.Struct");

    private MethodPrograms() {}

    /** The class that was made, and all others of its loader. */
    static ClassSource of(List<Method> methods) {
        byte[] made = ClassFile.of()
                .build(ClassDesc.ofInternalName(NAME), type -> methods.forEach(method -> addProgram(type, method)));
        ClassSource others = ClassSource.of(MethodPrograms.class.getClassLoader());
        return name -> name.equals(NAME) ? Optional.of(made) : others.find(name);
    }

    private static ClassDesc describe(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }

    private static void addProgram(ClassBuilder type, Method method) {
        type.withMethod(
                method.getName(),
                MethodTypeDesc.of(ConstantDescs.CD_int, CONTEXT),
                ClassFile.ACC_STATIC,
                made -> made.with(RuntimeVisibleAnnotationsAttribute.of(Annotation.of(describe(Xdp.class))))
                        .withCode(code -> write(code, method)));
    }

    private static void write(CodeBuilder code, Method method) {
        Label present = code.newLabel();
        code.aload(0)
                .iconst_0()
                .ldc(ARGUMENTS)
                .invokevirtual(
                        CONTEXT, "packet", MethodTypeDesc.of(STRUCT, ConstantDescs.CD_int, ConstantDescs.CD_Class))
                .checkcast(ARGUMENTS)
                .astore(1)
                .aload(1)
                .ifnonnull(present)
                .loadConstant(XdpAction.XDP_DROP)
                .ireturn()
                .labelBinding(present)
                .aload(1);
        Class<?>[] parameters = method.getParameterTypes();
        for (int i = 0; i < parameters.length; i++) {
            code.aload(1).getfield(ARGUMENTS, i == 0 ? "first" : "second", ConstantDescs.CD_long);
            if (parameters[i] == int.class) {
                code.l2i();
            }
        }
        MethodTypeDesc called = MethodTypeDesc.of(
                describe(method.getReturnType()),
                Arrays.stream(parameters).map(MethodPrograms::describe).toList());
        code.invokestatic(describe(method.getDeclaringClass()), method.getName(), called);
        if (TypeKind.from(method.getReturnType()) != TypeKind.LONG) {
            code.i2l();
        }
        code.putfield(ARGUMENTS, "result", ConstantDescs.CD_long)
                .loadConstant(XdpAction.XDP_PASS)
                .ireturn();
    }
}
