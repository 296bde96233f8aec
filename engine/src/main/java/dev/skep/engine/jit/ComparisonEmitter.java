package dev.skep.engine.jit;

import dev.skep.engine.jit.Operation.Comparison;
import dev.skep.engine.jit.Operation.Operand;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** Writes conditional jumps. Two values with zero upper halves are compared as ints, which HotSpot knows loops by. */
final class ComparisonEmitter {
    private static final MethodTypeDesc INT_OF_LONGS = MethodTypeDesc.ofDescriptor("(JJ)I");

    private final CodeBuilder code;
    private final Variables variables;

    ComparisonEmitter(CodeBuilder code, Variables variables) {
        this.code = code;
        this.variables = variables;
    }

    /**
     * Goes to {@code target} if the comparison holds; if {@code negated}, if it does not.
     *
     * @param meetsExactly the left side is less than the right one until it is equal
     */
    void branch(Operation.Branch branch, int[] seen, boolean meetsExactly, boolean negated, Label target) {
        if (meetsExactly && (branch.comparison() == Comparison.EQ || branch.comparison() == Comparison.NE)) {
            variables.pushInt(seen[0]);
            pushInt(branch.right(), seen);
            boolean less = (branch.comparison() == Comparison.NE) != negated;
            code.branch(less ? Opcode.IF_ICMPLT : Opcode.IF_ICMPGE, target);
            return;
        }
        boolean narrow = !branch.wide() || areNarrow(branch, seen);
        if (narrow) {
            Comparison comparison = adapted(branch, seen);
            boolean moved = comparison != signed(comparison);
            variables.pushInt(seen[0]);
            move(moved);
            pushInt(branch.right(), seen);
            move(moved);
            compareInts(comparison, negated, target);
        } else {
            variables.pushLong(seen[0]);
            pushLong(branch.right(), seen);
            compareLongs(branch.comparison(), negated, target);
        }
    }

    /** Ints that are moved so compare as signed as they did unsigned. HotSpot sees through it. */
    private void move(boolean moved) {
        if (moved) {
            code.loadConstant(Integer.MIN_VALUE).iadd();
        }
    }

    /**
     * The comparison of ints for one of longs: numbers with a zero upper half are compared alike, signed or not. Numbers below 2^31
     * are compared as signed, which is what HotSpot counts loops by.
     */
    private Comparison adapted(Operation.Branch branch, int[] seen) {
        if (isPositive(branch, seen)) {
            return signed(branch.comparison());
        }
        return branch.wide() ? unsigned(branch.comparison()) : branch.comparison();
    }

    private boolean isPositive(Operation.Branch branch, int[] seen) {
        return variables.facts.isPositive(seen[0])
                && switch (branch.right()) {
                    case Operand.Immediate immediate -> immediate.value() >= 0;
                    case Operand.Register ignored -> variables.facts.isPositive(seen[1]);
                };
    }

    private static Comparison signed(Comparison comparison) {
        return switch (comparison) {
            case GT -> Comparison.SIGNED_GT;
            case GE -> Comparison.SIGNED_GE;
            case LT -> Comparison.SIGNED_LT;
            case LE -> Comparison.SIGNED_LE;
            default -> comparison;
        };
    }

    private boolean areNarrow(Operation.Branch branch, int[] seen) {
        return variables.facts.isNarrow(seen[0])
                && switch (branch.right()) {
                    case Operand.Immediate immediate -> immediate.value() >>> 32 == 0;
                    case Operand.Register ignored -> variables.facts.isNarrow(seen[1]);
                };
    }

    private void pushInt(Operand operand, int[] seen) {
        switch (operand) {
            case Operand.Immediate immediate -> code.loadConstant((int) immediate.value());
            case Operand.Register ignored -> variables.pushInt(seen[1]);
        }
    }

    private void pushLong(Operand operand, int[] seen) {
        switch (operand) {
            case Operand.Immediate immediate -> code.loadConstant(immediate.value());
            case Operand.Register ignored -> variables.pushLong(seen[1]);
        }
    }

    private static Comparison unsigned(Comparison comparison) {
        return switch (comparison) {
            case SIGNED_GT -> Comparison.GT;
            case SIGNED_GE -> Comparison.GE;
            case SIGNED_LT -> Comparison.LT;
            case SIGNED_LE -> Comparison.LE;
            default -> comparison;
        };
    }

    private void compareInts(Comparison comparison, boolean negated, Label target) {
        switch (comparison) {
            case EQ -> code.branch(negated ? Opcode.IF_ICMPNE : Opcode.IF_ICMPEQ, target);
            case NE -> code.branch(negated ? Opcode.IF_ICMPEQ : Opcode.IF_ICMPNE, target);
            case SIGNED_GT -> code.branch(negated ? Opcode.IF_ICMPLE : Opcode.IF_ICMPGT, target);
            case SIGNED_GE -> code.branch(negated ? Opcode.IF_ICMPLT : Opcode.IF_ICMPGE, target);
            case SIGNED_LT -> code.branch(negated ? Opcode.IF_ICMPGE : Opcode.IF_ICMPLT, target);
            case SIGNED_LE -> code.branch(negated ? Opcode.IF_ICMPGT : Opcode.IF_ICMPLE, target);
            case SET -> {
                code.iand();
                code.branch(negated ? Opcode.IFEQ : Opcode.IFNE, target);
            }
            // The caller has moved both sides by 2^31.
            case GT, GE, LT, LE -> compareInts(signed(comparison), negated, target);
        }
    }

    private void compareLongs(Comparison comparison, boolean negated, Label target) {
        switch (comparison) {
            case GT, GE, LT, LE -> code.invokestatic(ConstantDescs.CD_Long, "compareUnsigned", INT_OF_LONGS);
            case SET -> code.land().lconst_0().lcmp();
            default -> code.lcmp();
        }
        code.branch(afterCompare(comparison, negated), target);
    }

    /** The jump on the sign of a comparison's result. */
    private static Opcode afterCompare(Comparison comparison, boolean negated) {
        return switch (comparison) {
            case EQ -> negated ? Opcode.IFNE : Opcode.IFEQ;
            case NE, SET -> negated ? Opcode.IFEQ : Opcode.IFNE;
            case GT, SIGNED_GT -> negated ? Opcode.IFLE : Opcode.IFGT;
            case GE, SIGNED_GE -> negated ? Opcode.IFLT : Opcode.IFGE;
            case LT, SIGNED_LT -> negated ? Opcode.IFGE : Opcode.IFLT;
            case LE, SIGNED_LE -> negated ? Opcode.IFGT : Opcode.IFLE;
        };
    }
}
