package dev.skep.cli.startup;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;

/**
 * The switches over types of one class: each {@code invokedynamic} of {@link java.lang.runtime.SwitchBootstraps#typeSwitch} becomes a call of a
 * method of the class that asks {@code instanceof} one after the other. Switches with other labels than types stay.
 */
final class PlainSwitches {
    private static final ClassDesc SWITCHES = ClassDesc.of("java.lang.runtime.SwitchBootstraps");

    /** @param type what is switched over, and the label to start from @param labels in order */
    private record Switch(String name, MethodTypeDesc type, List<ClassDesc> labels) {}

    private final ClassDesc owner;
    private final boolean inInterface;
    private final List<Switch> switches = new ArrayList<>();

    PlainSwitches(ClassModel owner) {
        this.owner = owner.thisClass().asSymbol();
        this.inInterface = owner.flags().has(AccessFlag.INTERFACE);
    }

    boolean areAny() {
        return !switches.isEmpty();
    }

    static boolean isReplaceable(InvokeDynamicInstruction call) {
        return call.bootstrapMethod().owner().equals(SWITCHES)
                && call.bootstrapMethod().methodName().equals("typeSwitch")
                && call.bootstrapArgs().stream().allMatch(ClassDesc.class::isInstance)
                && call.bootstrapArgs().stream().noneMatch(label -> ((ClassDesc) label).isPrimitive());
    }

    /** Writes a call in place of the instruction, if it is such a switch. */
    boolean replace(CodeBuilder code, InvokeDynamicInstruction call) {
        if (!isReplaceable(call)) {
            return false;
        }
        Switch found = new Switch(
                "$typeSwitch" + switches.size(),
                call.typeSymbol(),
                call.bootstrapArgs().stream().map(ClassDesc.class::cast).toList());
        switches.add(found);
        code.invokestatic(owner, found.name(), found.type(), inInterface);
        return true;
    }

    /** Adds the methods that the calls are of. */
    void addMethods(ClassBuilder to) {
        for (Switch each : switches) {
            to.withMethodBody(
                    each.name(),
                    each.type(),
                    ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                    code -> write(each.labels(), code));
        }
    }

    /** {@code int (Object target, int restart)}: -1 for null, the first label that fits from {@code restart} on, else their number. */
    private static void write(List<ClassDesc> labels, CodeBuilder code) {
        Label present = code.newLabel();
        code.aload(0).ifnonnull(present).iconst_m1().ireturn().labelBinding(present);
        for (int i = 0; i < labels.size(); i++) {
            Label next = code.newLabel();
            code.iload(1).loadConstant(i).if_icmpgt(next);
            code.aload(0).instanceOf(labels.get(i)).ifeq(next);
            code.loadConstant(i).ireturn().labelBinding(next);
        }
        code.loadConstant(labels.size()).ireturn();
    }
}
