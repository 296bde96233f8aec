package dev.skep.compiler.code;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Value;
import dev.skep.object.instruction.Opcode;

/**
 * Signed division and remainder: instructions of v4, before it by the unsigned ones on absolute values. With {@code s} the sign of
 * {@code x} on all bits, {@code (x ^ s) - s} is the absolute value, and makes of that the number with its sign again; zero and the
 * smallest number need no care.
 */
final class SignedDivision {
    private final Emission emission;
    private final ValueRegisters registers;

    SignedDivision(Emission emission, ValueRegisters registers) {
        this.emission = emission;
        this.registers = registers;
    }

    void select(int result, Operation.Binary binary) {
        boolean remainder = binary.operator() == BinaryOperator.SIGNED_REMAINDER;
        boolean narrow = binary.type() == Int.I32;
        if (binary.right() instanceof Constant constant && (constant.value() == 0 || constant.value() == -1)) {
            bySpecialNumber(result, binary, constant.value(), remainder);
        } else if (emission.hasSignedForms()) {
            byInstruction(result, binary, remainder ? Opcode.BPF_MOD : Opcode.BPF_DIV, !narrow);
        } else {
            byAbsoluteValues(result, binary, remainder, !narrow || !emission.hasNarrowArithmetic());
        }
    }

    /** By 0 no instruction can divide; by -1 kernels before 6.12 fail for the smallest number. */
    private void bySpecialNumber(int result, Operation.Binary binary, long divisor, boolean remainder) {
        if (remainder != (divisor == 0)) {
            emission.load(result, 0);
            return;
        }
        registers.zeroExtendedInto(result, binary.left());
        if (!remainder) {
            emission.negate(binary.type() != Int.I32 || !emission.hasNarrowArithmetic(), result);
        }
    }

    private void byInstruction(int result, Operation.Binary binary, int code, boolean wide) {
        if (isImmediate(binary.right())) {
            registers.into(result, binary.left());
            emission.signedDivisionByConstant(code, wide, result, ((Constant) binary.right()).value());
        } else {
            int divisor = registers.of(binary.right());
            registers.into(result, binary.left());
            emission.signedDivision(code, wide, result, divisor);
        }
    }

    private static boolean isImmediate(Value value) {
        return value instanceof Constant constant && constant.value() == (int) constant.value();
    }

    private void byAbsoluteValues(int result, Operation.Binary binary, boolean remainder, boolean wide) {
        boolean widened = wide && binary.type() == Int.I32;
        int dividend = widened ? registers.signExtended(binary.left()) : registers.of(binary.left());
        int sign = sign(dividend, wide);
        int code = remainder ? Opcode.BPF_MOD : Opcode.BPF_DIV;
        int quotient = emission.newRegister();
        if (binary.right() instanceof Constant constant && constant.value() > 0 && isImmediate(constant)) {
            absolute(quotient, dividend, sign, wide);
            emission.arithmeticWithConstant(code, wide, quotient, constant.value());
        } else {
            int divisor = widened ? registers.signExtended(binary.right()) : registers.of(binary.right());
            int divisorSign = sign(divisor, wide);
            int positiveDivisor = emission.newRegister();
            absolute(positiveDivisor, divisor, divisorSign, wide);
            absolute(quotient, dividend, sign, wide);
            emission.arithmetic(code, wide, quotient, positiveDivisor);
            if (!remainder) {
                emission.arithmetic(Opcode.BPF_XOR, wide, sign, divisorSign);
            }
        }
        absolute(result, quotient, sign, wide);
    }

    private int sign(int value, boolean wide) {
        int sign = emission.newRegister();
        emission.move(sign, value);
        emission.arithmeticWithConstant(Opcode.BPF_ARSH, wide, sign, wide ? 63 : 31);
        return sign;
    }

    private void absolute(int result, int value, int sign, boolean wide) {
        emission.move(result, value);
        emission.arithmetic(Opcode.BPF_XOR, wide, result, sign);
        emission.arithmetic(Opcode.BPF_SUB, wide, result, sign);
    }
}
