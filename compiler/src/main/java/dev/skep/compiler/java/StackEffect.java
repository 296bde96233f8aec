package dev.skep.compiler.java;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.MethodTypeDesc;

/** What an instruction takes from the operand stack and leaves there, to go on after it was refused. */
record StackEffect(int pops, TypeKind result) {
    static StackEffect of(Instruction instruction) {
        return switch (instruction) {
            case InvokeInstruction call -> call(call.typeSymbol(), call.opcode() == Opcode.INVOKESTATIC ? 0 : 1);
            case InvokeDynamicInstruction call -> call(call.typeSymbol(), 0);
            case FieldInstruction field -> field(field);
            case ArrayLoadInstruction load -> new StackEffect(2, load.typeKind());
            case ArrayStoreInstruction store -> new StackEffect(3, TypeKind.VOID);
            case ConstantInstruction constant -> new StackEffect(0, constant.typeKind());
            case ConvertInstruction conversion -> new StackEffect(1, conversion.toType());
            case LoadInstruction load -> new StackEffect(0, load.typeKind());
            case StoreInstruction store -> new StackEffect(1, TypeKind.VOID);
            case MonitorInstruction monitor -> new StackEffect(1, TypeKind.VOID);
            case NewObjectInstruction made -> new StackEffect(0, TypeKind.REFERENCE);
            case NewPrimitiveArrayInstruction made -> new StackEffect(1, TypeKind.REFERENCE);
            case NewReferenceArrayInstruction made -> new StackEffect(1, TypeKind.REFERENCE);
            case NewMultiArrayInstruction made -> new StackEffect(made.dimensions(), TypeKind.REFERENCE);
            case TypeCheckInstruction check ->
                new StackEffect(1, check.opcode() == Opcode.CHECKCAST ? TypeKind.REFERENCE : TypeKind.INT);
            case OperatorInstruction operator -> operator(operator);
            default -> new StackEffect(0, TypeKind.VOID);
        };
    }

    private static StackEffect call(MethodTypeDesc type, int receivers) {
        return new StackEffect(type.parameterCount() + receivers, TypeKind.from(type.returnType()));
    }

    private static StackEffect field(FieldInstruction field) {
        TypeKind type = TypeKind.from(field.typeSymbol());
        return switch (field.opcode()) {
            case GETSTATIC -> new StackEffect(0, type);
            case PUTSTATIC -> new StackEffect(1, TypeKind.VOID);
            case GETFIELD -> new StackEffect(1, type);
            default -> new StackEffect(2, TypeKind.VOID);
        };
    }

    private static StackEffect operator(OperatorInstruction operator) {
        return switch (operator.opcode()) {
            case INEG, LNEG, FNEG, DNEG -> new StackEffect(1, operator.typeKind());
            case ARRAYLENGTH -> new StackEffect(1, TypeKind.INT);
            case LCMP, FCMPL, FCMPG, DCMPL, DCMPG -> new StackEffect(2, TypeKind.INT);
            default -> new StackEffect(2, operator.typeKind());
        };
    }

    /** Does it to a stack, with a result that nothing is known of. */
    void apply(Machine machine) {
        machine.pop(pops);
        if (result != TypeKind.VOID) {
            machine.push(new Operand.Unknown(result.slotSize() == 2));
        }
    }
}
