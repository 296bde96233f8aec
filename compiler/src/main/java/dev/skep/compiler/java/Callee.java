package dev.skep.compiler.java;

import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;

/**
 * The method that an instruction or a method reference names, and how the JVM gets from there to the one that runs.
 *
 * @param owner internal name of the class where it is looked for
 * @param type without the receiver
 */
record Callee(How how, String owner, String name, MethodTypeDesc type) {
    /** Ways to call a method. */
    enum How {
        /** Without a receiver. */
        STATIC,
        /** Exactly the method that is named: {@code super.m()}, and constructors of what is there already. */
        EXACT,
        /** The receiver's method, which may override the one that is named. */
        OVERRIDABLE,
        /** Makes an object first, and gives that: {@code Key::new}. */
        NEW
    }

    /** What an instruction calls. */
    static Callee of(InvokeInstruction instruction) {
        How how = switch (instruction.opcode()) {
            case INVOKESTATIC -> How.STATIC;
            case INVOKESPECIAL -> How.EXACT;
            default -> How.OVERRIDABLE;
        };
        return new Callee(
                how, instruction.owner().asInternalName(), instruction.name().stringValue(), instruction.typeSymbol());
    }

    /** What a lambda expression or a method reference stands for. */
    static Callee of(DirectMethodHandleDesc handle) {
        How how = switch (handle.kind()) {
            case STATIC, INTERFACE_STATIC -> How.STATIC;
            case CONSTRUCTOR -> How.NEW;
            case SPECIAL, INTERFACE_SPECIAL -> How.EXACT;
            default -> How.OVERRIDABLE;
        };
        return new Callee(
                how,
                ClassPool.internalName(handle.owner()),
                handle.methodName(),
                MethodTypeDesc.ofDescriptor(handle.lookupDescriptor()));
    }

    /** True if an argument comes before those of the type. */
    boolean hasReceiver() {
        return how == How.EXACT || how == How.OVERRIDABLE;
    }

    /** True for a constructor. */
    boolean isConstructor() {
        return name.equals(ConstantDescs.INIT_NAME);
    }

    /** What messages call it. */
    String text() {
        return isConstructor()
                ? "new " + ClassPool.simpleName(owner) + "()"
                : ClassPool.simpleName(owner) + "." + name + "()";
    }
}
