package dev.skep.compiler.code;

import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Value;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Instructions for comparisons and for the ways they decide between. */
final class ControlSelection {
    /** So many cases of a switch are asked for one after the other; more are halved first. */
    private static final int FEW_CASES = 4;

    private final Emission emission;
    private final ValueRegisters registers;

    ControlSelection(Emission emission, ValueRegisters registers) {
        this.emission = emission;
        this.registers = registers;
    }

    /** Ends the current block by going one of two ways. */
    void branch(Folding.Condition condition, MachineBlock taken, MachineBlock otherwise) {
        boolean wide = condition.left().type().isWide() || !emission.hasNarrowArithmetic();
        boolean widened = wide && !condition.left().type().isWide();
        boolean signed = isSigned(condition.comparison());
        boolean bySign = widened && (signed || comparesWithNegative(condition));
        int left = register(condition.left(), widened, bySign);
        if (condition.right() instanceof Constant constant && immediateFits(constant, widened && !bySign)) {
            emission.branch(
                    condition.comparison(), wide, left, Registers.NONE, (int) constant.value(), taken, otherwise);
        } else {
            int right = register(condition.right(), widened, bySign);
            emission.branch(condition.comparison(), wide, left, right, 0, taken, otherwise);
        }
    }

    /** For equality it does not matter how both are extended. */
    private static boolean comparesWithNegative(Folding.Condition condition) {
        boolean equality = condition.comparison() == Comparison.EQUAL || condition.comparison() == Comparison.NOT_EQUAL;
        return equality && condition.right() instanceof Constant constant && constant.value() < 0;
    }

    private static boolean immediateFits(Constant constant, boolean zeroExtended) {
        return constant.value() == (int) constant.value() && (!zeroExtended || constant.value() >= 0);
    }

    private int register(Value value, boolean widened, boolean bySign) {
        if (!widened) {
            return registers.of(value);
        }
        return bySign ? registers.signExtended(value) : registers.zeroExtended(value);
    }

    private static boolean isSigned(Comparison comparison) {
        return switch (comparison) {
            case SIGNED_LESS, SIGNED_LESS_OR_EQUAL, SIGNED_GREATER, SIGNED_GREATER_OR_EQUAL -> true;
            default -> false;
        };
    }

    /** Puts 1 into {@code result} if the comparison holds, else 0. */
    void compare(int result, Operation.Compare compare) {
        MachineBlock isFalse = emission.machine().addBlock();
        MachineBlock after = emission.machine().addBlock();
        emission.loadNarrow(result, 1);
        branch(
                Folding.ordered(new Folding.Condition(compare.comparison(), compare.left(), compare.right())),
                after,
                isFalse);
        emission.at(isFalse);
        emission.loadNarrow(result, 0);
        emission.go(after);
        emission.at(after);
    }

    /** Ends the current block by going the way of the case that equals a value. */
    void choose(Terminator.Switch choice, Map<Terminator.Switch.Case, MachineBlock> ways, MachineBlock otherwise) {
        boolean narrow = choice.value().type() == Int.I32;
        Comparator<Terminator.Switch.Case> unsigned =
                Comparator.comparing(one -> narrow ? one.number() & 0xffff_ffffL : one.number(), Long::compareUnsigned);
        choose(choice.value(), choice.cases().stream().sorted(unsigned).toList(), ways, otherwise);
    }

    private void choose(
            Value value,
            List<Terminator.Switch.Case> cases,
            Map<Terminator.Switch.Case, MachineBlock> ways,
            MachineBlock otherwise) {
        if (cases.isEmpty()) {
            emission.go(otherwise);
        } else if (cases.size() <= FEW_CASES) {
            chooseOneByOne(value, cases, ways, otherwise);
        } else {
            int half = cases.size() / 2;
            MachineBlock lower = emission.machine().addBlock();
            MachineBlock upper = emission.machine().addBlock();
            branch(
                    new Folding.Condition(Comparison.GREATER_OR_EQUAL, value, number(value, cases.get(half))),
                    upper,
                    lower);
            emission.at(lower);
            choose(value, cases.subList(0, half), ways, otherwise);
            emission.at(upper);
            choose(value, cases.subList(half, cases.size()), ways, otherwise);
        }
    }

    private static Constant number(Value value, Terminator.Switch.Case one) {
        return Constant.of((Int) value.type(), one.number());
    }

    private void chooseOneByOne(
            Value value,
            List<Terminator.Switch.Case> cases,
            Map<Terminator.Switch.Case, MachineBlock> ways,
            MachineBlock otherwise) {
        for (int i = 0; i < cases.size(); i++) {
            MachineBlock next = i + 1 < cases.size() ? emission.machine().addBlock() : otherwise;
            branch(
                    new Folding.Condition(Comparison.EQUAL, value, number(value, cases.get(i))),
                    Objects.requireNonNull(ways.get(cases.get(i))),
                    next);
            emission.at(next);
        }
    }
}
