package dev.skep.compiler.code;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Value;
import dev.skep.object.instruction.Opcode;

/**
 * Instructions for arithmetic. BPF's have two operands and leave the result in the first, so that the left one is copied there;
 * the register allocation makes most of these copies vanish.
 */
final class ArithmeticSelection {
    private final Emission emission;
    private final ValueRegisters registers;
    private final SignedDivision signedDivision;

    ArithmeticSelection(Emission emission, ValueRegisters registers) {
        this.emission = emission;
        this.registers = registers;
        this.signedDivision = new SignedDivision(emission, registers);
    }

    /** Puts the result of {@code binary} into {@code result}. */
    void binary(int result, Operation.Binary binary) {
        boolean narrow = binary.type() == Int.I32;
        switch (binary.operator()) {
            case SIGNED_DIVIDE, SIGNED_REMAINDER -> signedDivision.select(result, binary);
            case SHIFT_LEFT, SHIFT_RIGHT, ARITHMETIC_SHIFT_RIGHT -> shift(result, binary);
            case DIVIDE, REMAINDER -> unsignedDivision(result, binary);
            default -> plain(result, ordered(binary), !narrow || !emission.hasNarrowArithmetic());
        }
    }

    /** With a constant on the right, if the operator allows. */
    private static Operation.Binary ordered(Operation.Binary binary) {
        return binary.operator().isCommutative() && binary.left() instanceof Constant
                ? new Operation.Binary(binary.operator(), binary.right(), binary.left())
                : binary;
    }

    private void plain(int result, Operation.Binary binary, boolean wide) {
        int code = code(binary.operator());
        if (binary.right() instanceof Constant constant && constant.value() == (int) constant.value()) {
            registers.into(result, binary.left());
            emission.arithmeticWithConstant(code, wide, result, constant.value());
        } else {
            int right = registers.of(binary.right());
            registers.into(result, binary.left());
            emission.arithmetic(code, wide, result, right);
        }
    }

    private void shift(int result, Operation.Binary binary) {
        boolean wide = binary.type() != Int.I32 || !emission.hasNarrowArithmetic();
        boolean widened = wide && binary.type() == Int.I32;
        int mask = binary.type() == Int.I32 ? 31 : 63;
        int code = code(binary.operator());
        if (binary.right() instanceof Constant constant) {
            if ((constant.value() & mask) == 0) {
                registers.zeroExtendedInto(result, binary.left());
            } else {
                shiftedInto(result, binary, widened);
                emission.arithmeticWithConstant(code, wide, result, constant.value() & mask);
            }
            return;
        }
        int distance = registers.of(binary.right());
        if (widened) {
            int masked = emission.newRegister();
            emission.move(masked, distance);
            emission.arithmeticWithConstant(Opcode.BPF_AND, true, masked, 31);
            distance = masked;
        }
        shiftedInto(result, binary, widened);
        emission.arithmetic(code, wide, result, distance);
    }

    /** Puts what is shifted into {@code result}; on 64 bits for 32 ones, bits must come in from the left as they should. */
    private void shiftedInto(int result, Operation.Binary binary, boolean widened) {
        if (widened && binary.operator() == BinaryOperator.SHIFT_RIGHT) {
            registers.zeroExtendedInto(result, binary.left());
        } else if (widened && binary.operator() == BinaryOperator.ARITHMETIC_SHIFT_RIGHT) {
            registers.signExtendedInto(result, binary.left());
        } else {
            registers.into(result, binary.left());
        }
    }

    private void unsignedDivision(int result, Operation.Binary binary) {
        boolean narrow = binary.type() == Int.I32;
        boolean wide = !narrow || !emission.hasNarrowArithmetic();
        boolean remainder = binary.operator() == BinaryOperator.REMAINDER;
        if (binary.right() instanceof Constant constant) {
            long divisor = constant.value();
            if (divisor == 0) { // the verifier takes no constant zero
                divisionByZero(result, remainder, binary.left());
                return;
            }
            boolean fits = divisor == (int) divisor && (!wide || !narrow || divisor > 0);
            if (fits) {
                dividendInto(result, binary.left(), wide);
                emission.arithmeticWithConstant(code(binary.operator()), wide, result, divisor);
                return;
            }
        }
        int divisor = wide ? registers.zeroExtended(binary.right()) : registers.of(binary.right());
        dividendInto(result, binary.left(), wide);
        emission.arithmetic(code(binary.operator()), wide, result, divisor);
    }

    private void dividendInto(int result, Value dividend, boolean wide) {
        if (wide) {
            registers.zeroExtendedInto(result, dividend);
        } else {
            registers.into(result, dividend);
        }
    }

    private void divisionByZero(int result, boolean remainder, Value dividend) {
        if (remainder) {
            registers.zeroExtendedInto(result, dividend);
        } else {
            emission.load(result, 0);
        }
    }

    void negate(int result, Operation.Negate negate) {
        registers.into(result, negate.value());
        emission.negate(negate.type() != Int.I32 || !emission.hasNarrowArithmetic(), result);
    }

    void swapBytes(int result, Operation.SwapBytes swap) {
        registers.into(result, swap.value());
        emission.swapBytes(result, swap.width());
    }

    void extend(int result, Operation.Extend extend) {
        int source = registers.of(extend.value());
        if (extend.signed()) {
            emission.signExtend(result, source, extend.from(), extend.type() == Int.I64);
        } else {
            emission.zeroExtend(result, source, extend.from());
        }
    }

    void pointerAdd(int result, Operation.PointerAdd add) {
        if (add.offset() instanceof Constant constant && constant.value() == (int) constant.value()) {
            registers.into(result, add.pointer());
            emission.arithmeticWithConstant(Opcode.BPF_ADD, true, result, constant.value());
        } else {
            int offset = registers.of(add.offset());
            registers.into(result, add.pointer());
            emission.arithmetic(Opcode.BPF_ADD, true, result, offset);
        }
    }

    void pointerDifference(int result, Operation.PointerDifference difference) {
        int right = registers.of(difference.right());
        registers.into(result, difference.left());
        emission.arithmetic(Opcode.BPF_SUB, true, result, right);
    }

    private static int code(BinaryOperator operator) {
        return switch (operator) {
            case ADD -> Opcode.BPF_ADD;
            case SUBTRACT -> Opcode.BPF_SUB;
            case MULTIPLY -> Opcode.BPF_MUL;
            case DIVIDE, SIGNED_DIVIDE -> Opcode.BPF_DIV;
            case REMAINDER, SIGNED_REMAINDER -> Opcode.BPF_MOD;
            case AND -> Opcode.BPF_AND;
            case OR -> Opcode.BPF_OR;
            case XOR -> Opcode.BPF_XOR;
            case SHIFT_LEFT -> Opcode.BPF_LSH;
            case SHIFT_RIGHT -> Opcode.BPF_RSH;
            case ARITHMETIC_SHIFT_RIGHT -> Opcode.BPF_ARSH;
        };
    }
}
