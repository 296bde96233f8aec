package dev.skep.cli.startup;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/**
 * The {@code equals} and {@code hashCode} of a record, which {@link java.lang.runtime.ObjectMethods} would make when they are first called, as
 * plain code with the same results. Its {@code toString} stays: that is for people, who have time.
 */
final class PlainRecord {
    private static final ClassDesc METHODS = ClassDesc.of("java.lang.runtime.ObjectMethods");
    private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");

    /** The class itself, and the names of its components, come before its getters. */
    private static final int FIRST_GETTER = 2;

    private final ClassDesc owner;
    private boolean replaced;

    PlainRecord(ClassModel owner) {
        this.owner = owner.thisClass().asSymbol();
    }

    boolean areAny() {
        return replaced;
    }

    /** Writes plain code in place of the instruction, if it is one of the two. */
    boolean replace(CodeBuilder code, InvokeDynamicInstruction call) {
        if (!call.bootstrapMethod().owner().equals(METHODS) || call.name().equalsString("toString")) {
            return false;
        }
        List<DirectMethodHandleDesc> getters =
                call.bootstrapArgs().subList(FIRST_GETTER, call.bootstrapArgs().size()).stream()
                        .map(DirectMethodHandleDesc.class::cast)
                        .toList();
        if (call.name().equalsString("equals")) {
            writeEquals(code, getters);
        } else {
            writeHashCode(code, getters);
        }
        replaced = true;
        return true;
    }

    private static ClassDesc type(DirectMethodHandleDesc getter) {
        return getter.invocationType().returnType();
    }

    /** On the stack: this, and the other. */
    private void writeEquals(CodeBuilder code, List<DirectMethodHandleDesc> getters) {
        int other = code.allocateLocal(TypeKind.REFERENCE);
        int self = code.allocateLocal(TypeKind.REFERENCE);
        Label equal = code.newLabel();
        Label different = code.newLabel();
        Label end = code.newLabel();
        code.astore(other).astore(self);
        code.aload(self).aload(other).if_acmpeq(equal);
        code.aload(other).instanceOf(owner).ifeq(different);
        for (DirectMethodHandleDesc getter : getters) {
            ClassDesc type = type(getter);
            code.aload(self).getfield(owner, getter.methodName(), type);
            code.aload(other).checkcast(owner).getfield(owner, getter.methodName(), type);
            writeBranchIfDifferent(code, type, different);
        }
        code.labelBinding(equal).iconst_1().goto_(end).labelBinding(different).iconst_0();
        code.labelBinding(end);
    }

    private static void writeBranchIfDifferent(CodeBuilder code, ClassDesc type, Label different) {
        switch (TypeKind.from(type)) {
            case LONG -> code.lcmp().ifne(different);
            case FLOAT, DOUBLE ->
                code.invokestatic(box(type), "compare", MethodTypeDesc.of(ConstantDescs.CD_int, type, type))
                        .ifne(different);
            case REFERENCE ->
                code.invokestatic(
                                OBJECTS,
                                "equals",
                                MethodTypeDesc.of(
                                        ConstantDescs.CD_boolean, ConstantDescs.CD_Object, ConstantDescs.CD_Object))
                        .ifeq(different);
            default -> code.if_icmpne(different);
        }
    }

    /** On the stack: this. 31 times what it was, plus the component's, from 0 on. */
    private void writeHashCode(CodeBuilder code, List<DirectMethodHandleDesc> getters) {
        int self = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(self).iconst_0();
        for (DirectMethodHandleDesc getter : getters) {
            ClassDesc type = type(getter);
            code.bipush(31).imul().aload(self).getfield(owner, getter.methodName(), type);
            if (type.isPrimitive()) {
                code.invokestatic(box(type), "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, type));
            } else {
                code.invokestatic(
                        OBJECTS, "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_Object));
            }
            code.iadd();
        }
    }

    private static ClassDesc box(ClassDesc primitive) {
        return switch (TypeKind.from(primitive)) {
            case BOOLEAN -> ConstantDescs.CD_Boolean;
            case BYTE -> ConstantDescs.CD_Byte;
            case CHAR -> ConstantDescs.CD_Character;
            case SHORT -> ConstantDescs.CD_Short;
            case INT -> ConstantDescs.CD_Integer;
            case LONG -> ConstantDescs.CD_Long;
            case FLOAT -> ConstantDescs.CD_Float;
            case DOUBLE -> ConstantDescs.CD_Double;
            case REFERENCE, VOID -> throw new IllegalArgumentException(primitive + " is no primitive type of a value");
        };
    }
}
