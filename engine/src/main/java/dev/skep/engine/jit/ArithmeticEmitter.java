package dev.skep.engine.jit;

import dev.skep.engine.jit.Operation.Binary;
import dev.skep.engine.jit.Operation.Operand;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** Writes arithmetic: on ints where the result is kept as one, on longs otherwise. */
final class ArithmeticEmitter {
    private static final ClassDesc INTEGER = ConstantDescs.CD_Integer;
    private static final ClassDesc LONG = ConstantDescs.CD_Long;
    private static final ClassDesc SHORT = ConstantDescs.CD_Short;
    private static final MethodTypeDesc INT_OF_INT = MethodTypeDesc.ofDescriptor("(I)I");
    private static final MethodTypeDesc LONG_OF_LONG = MethodTypeDesc.ofDescriptor("(J)J");
    private static final MethodTypeDesc SHORT_OF_SHORT = MethodTypeDesc.ofDescriptor("(S)S");
    private static final ClassDesc DIVISION = ClassDesc.of(Division.class.getName());
    private static final MethodTypeDesc INT_OF_INTS = MethodTypeDesc.ofDescriptor("(II)I");
    private static final MethodTypeDesc LONG_OF_LONGS = MethodTypeDesc.ofDescriptor("(JJ)J");

    private final CodeBuilder code;
    private final Variables variables;

    ArithmeticEmitter(CodeBuilder code, Variables variables) {
        this.code = code;
        this.variables = variables;
    }

    void move(Operation.Move move, int source, int result) {
        if (move.signed()) {
            signedMove(move, source, result);
        } else if (move.bits() == 32 || variables.isInt(result)) {
            variables.pushInt(source);
            variables.storeInt(result);
        } else {
            variables.pushLong(source);
            variables.storeLong(result);
        }
    }

    private void signedMove(Operation.Move move, int source, int result) {
        variables.pushInt(source);
        if (move.bits() == 8) {
            code.i2b();
        } else if (move.bits() == 16) {
            code.i2s();
        }
        if (move.wide()) {
            code.i2l();
            variables.storeLong(result);
        } else {
            variables.storeInt(result);
        }
    }

    void inPlace(Operation.InPlace operation, int source, int result) {
        switch (operation.operator()) {
            case NEG -> {
                if (operation.wide() && !variables.isInt(result)) {
                    variables.pushLong(source);
                    code.lneg();
                    variables.storeLong(result);
                } else {
                    variables.pushInt(source);
                    code.ineg();
                    variables.storeInt(result);
                }
            }
            case SWAP16 -> {
                variables.pushInt(source);
                code.i2s().invokestatic(SHORT, "reverseBytes", SHORT_OF_SHORT);
                code.loadConstant(0xffff).iand();
                variables.storeInt(result);
            }
            case SWAP32 -> {
                variables.pushInt(source);
                code.invokestatic(INTEGER, "reverseBytes", INT_OF_INT);
                variables.storeInt(result);
            }
            case SWAP64 -> {
                variables.pushLong(source);
                code.invokestatic(LONG, "reverseBytes", LONG_OF_LONG);
                variables.storeLong(result);
            }
            case LOW16 -> {
                variables.pushInt(source);
                code.loadConstant(0xffff).iand();
                variables.storeInt(result);
            }
            case LOW32 -> {
                variables.pushInt(source);
                variables.storeInt(result);
            }
        }
    }

    void arithmetic(Operation.Arithmetic operation, int[] seen, int result) {
        if (!operation.wide() || fitsInt(operation, seen, result)) {
            variables.pushInt(seen[0]);
            pushIntOperand(operation, seen);
            narrow(operation.operator());
            variables.storeInt(result);
        } else {
            variables.pushLong(seen[0]);
            if (isShift(operation.operator())) {
                pushIntOperand(operation, seen);
            } else {
                pushLongOperand(operation, seen);
            }
            wide(operation.operator());
            variables.storeLong(result);
        }
    }

    private static boolean isShift(Binary operator) {
        return operator == Binary.LSH || operator == Binary.RSH || operator == Binary.ARSH;
    }

    /** True if int arithmetic gives the lower half of what is asked for, and the upper half does not matter or is zero. */
    private boolean fitsInt(Operation.Arithmetic operation, int[] seen, int result) {
        if (!variables.isInt(result)) {
            return false;
        }
        return switch (operation.operator()) {
            case ADD, SUB, MUL, AND, OR, XOR -> true;
            case LSH -> constantShift(operation, seen) < 32;
            case RSH -> variables.facts.isNarrow(seen[0]) && constantShift(operation, seen) < 32;
            case ARSH -> false;
            case DIV, MOD -> variables.facts.isNarrow(seen[0]) && isNarrowOperand(operation, seen);
            case SIGNED_DIV, SIGNED_MOD -> false;
        };
    }

    private boolean isNarrowOperand(Operation.Arithmetic operation, int[] seen) {
        return operation.operand() instanceof Operand.Immediate immediate
                ? immediate.value() >>> 32 == 0
                : variables.facts.isNarrow(seen[1]);
    }

    /** How far it shifts, 64 if that is not known. */
    private long constantShift(Operation.Arithmetic operation, int[] seen) {
        if (operation.operand() instanceof Operand.Immediate immediate) {
            return immediate.value() & 63;
        }
        return variables.facts.isConstant(seen[1]) ? variables.facts.constant(seen[1]) & 63 : 64;
    }

    private void pushIntOperand(Operation.Arithmetic operation, int[] seen) {
        switch (operation.operand()) {
            case Operand.Immediate immediate -> code.loadConstant((int) immediate.value());
            case Operand.Register ignored -> variables.pushInt(seen[1]);
        }
    }

    private void pushLongOperand(Operation.Arithmetic operation, int[] seen) {
        switch (operation.operand()) {
            case Operand.Immediate immediate -> code.loadConstant(immediate.value());
            case Operand.Register ignored -> variables.pushLong(seen[1]);
        }
    }

    private void narrow(Binary operator) {
        switch (operator) {
            case ADD -> code.iadd();
            case SUB -> code.isub();
            case MUL -> code.imul();
            case OR -> code.ior();
            case AND -> code.iand();
            case XOR -> code.ixor();
            case LSH -> code.ishl();
            case RSH -> code.iushr();
            case ARSH -> code.ishr();
            case DIV -> code.invokestatic(DIVISION, "divide", INT_OF_INTS);
            case MOD -> code.invokestatic(DIVISION, "remainder", INT_OF_INTS);
            case SIGNED_DIV -> code.invokestatic(DIVISION, "signedDivide", INT_OF_INTS);
            case SIGNED_MOD -> code.invokestatic(DIVISION, "signedRemainder", INT_OF_INTS);
        }
    }

    private void wide(Binary operator) {
        switch (operator) {
            case ADD -> code.ladd();
            case SUB -> code.lsub();
            case MUL -> code.lmul();
            case OR -> code.lor();
            case AND -> code.land();
            case XOR -> code.lxor();
            case LSH -> code.lshl();
            case RSH -> code.lushr();
            case ARSH -> code.lshr();
            case DIV -> code.invokestatic(DIVISION, "divide", LONG_OF_LONGS);
            case MOD -> code.invokestatic(DIVISION, "remainder", LONG_OF_LONGS);
            case SIGNED_DIV -> code.invokestatic(DIVISION, "signedDivide", LONG_OF_LONGS);
            case SIGNED_MOD -> code.invokestatic(DIVISION, "signedRemainder", LONG_OF_LONGS);
        }
    }
}
