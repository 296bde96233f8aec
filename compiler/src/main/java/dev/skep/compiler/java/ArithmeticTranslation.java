package dev.skep.compiler.java;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Value;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.OperatorInstruction;

/** Arithmetic of the JVM on {@code int} and {@code long} (JVM specification, 6.5): BPF's own, but for division by zero. */
final class ArithmeticTranslation {
    private final Emitter emitter;

    ArithmeticTranslation(Emitter emitter) {
        this.emitter = emitter;
    }

    /** An operator on the numbers on top of the stack. @throws Refusal for {@code float} and {@code double} */
    void translate(OperatorInstruction operator, Machine machine) {
        refuseFloating(operator.typeKind());
        switch (operator.opcode()) {
            case INEG, LNEG -> machine.push(emitter.add(new Operation.Negate(machine.popNumber())));
            case LCMP -> {
                Value right = machine.popNumber();
                machine.push(new Operand.LongComparison(machine.popNumber(), right));
            }
            case FCMPL, FCMPG, DCMPL, DCMPG -> refuseFloating(TypeKind.DOUBLE);
            default -> binary(operator.opcode(), machine);
        }
    }

    private void binary(Opcode opcode, Machine machine) {
        Value right = machine.popNumber();
        Value left = machine.popNumber();
        BinaryOperator operator = operator(opcode);
        machine.push(
                switch (operator) {
                    case SHIFT_LEFT, SHIFT_RIGHT, ARITHMETIC_SHIFT_RIGHT ->
                        emitter.binary(operator, left, left.type() == Int.I64 ? emitter.widen(right) : right);
                    case SIGNED_DIVIDE, SIGNED_REMAINDER -> divide(operator, left, right);
                    default -> emitter.binary(operator, left, right);
                });
    }

    /** A division, after the divisor was found not to be 0. */
    Value divide(BinaryOperator operator, Value left, Value right) {
        if (!(right instanceof Constant divisor) || divisor.value() == 0) {
            emitter.require(Comparison.NOT_EQUAL, right, Constant.of((Int) right.type(), 0));
        }
        return emitter.binary(operator, left, right);
    }

    private static BinaryOperator operator(Opcode opcode) {
        return switch (opcode) {
            case IADD, LADD -> BinaryOperator.ADD;
            case ISUB, LSUB -> BinaryOperator.SUBTRACT;
            case IMUL, LMUL -> BinaryOperator.MULTIPLY;
            case IDIV, LDIV -> BinaryOperator.SIGNED_DIVIDE;
            case IREM, LREM -> BinaryOperator.SIGNED_REMAINDER;
            case IAND, LAND -> BinaryOperator.AND;
            case IOR, LOR -> BinaryOperator.OR;
            case IXOR, LXOR -> BinaryOperator.XOR;
            case ISHL, LSHL -> BinaryOperator.SHIFT_LEFT;
            case ISHR, LSHR -> BinaryOperator.ARITHMETIC_SHIFT_RIGHT;
            case IUSHR, LUSHR -> BinaryOperator.SHIFT_RIGHT;
            default -> throw new IllegalArgumentException(opcode + " is no arithmetic");
        };
    }

    /** {@code i2l} and the like. @throws Refusal for {@code float} and {@code double} */
    void translate(ConvertInstruction conversion, Machine machine) {
        refuseFloating(conversion.toType());
        Value value = machine.popNumber();
        machine.push(
                switch (conversion.toType()) {
                    case LONG -> emitter.widen(value);
                    case BYTE -> emitter.extend(Int.I8, true, value, Int.I32);
                    case SHORT -> emitter.extend(Int.I16, true, value, Int.I32);
                    case CHAR -> emitter.extend(Int.I16, false, value, Int.I32);
                    default -> emitter.narrow(value);
                });
    }

    static void refuseFloating(TypeKind type) {
        if (type == TypeKind.FLOAT || type == TypeKind.DOUBLE) {
            throw new Refusal(
                    "a number of type " + type.upperBound().displayName(),
                    "BPF has no floating point",
                    "use long with a fixed number of decimals");
        }
    }
}
