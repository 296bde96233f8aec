package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Operation.Compare;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Terminator.Branch;
import dev.skep.compiler.ir.Terminator.Jump;
import dev.skep.compiler.ir.Terminator.MayContinue;
import dev.skep.compiler.ir.Terminator.Switch;
import java.util.Optional;

/** Branches whose way is known become jumps, and comparisons of comparisons become one. */
final class BranchFolding implements Pass {
    @Override
    public boolean run(Function function) {
        boolean changed = false;
        for (Block block : function.blocks()) {
            Terminator before = block.terminator();
            Terminator now = switch (before) {
                case Branch branch -> folded(branch);
                case Switch choice -> folded(choice);
                case Jump jump -> jump;
                case MayContinue loop -> folded(loop);
                case Terminator.Return leave -> leave;
            };
            if (!now.equals(before)) {
                block.terminate(now);
                changed = true;
            }
        }
        return changed;
    }

    /** The branch in its simplest form. */
    static Terminator folded(Branch branch) {
        if (branch.taken().equals(branch.otherwise())) {
            return new Jump(branch.taken(), branch.position());
        }
        Compare compare = new Compare(branch.comparison(), branch.left(), branch.right());
        Optional<Boolean> known = ComparisonRules.outcome(compare);
        if (known.isPresent()) {
            return new Jump(known.get() ? branch.taken() : branch.otherwise(), branch.position());
        }
        Compare simpler = ComparisonRules.simpler(compare);
        return new Branch(
                simpler.comparison(),
                simpler.left(),
                simpler.right(),
                branch.taken(),
                branch.otherwise(),
                branch.position());
    }

    private static Terminator folded(MayContinue loop) {
        return loop.more().equals(loop.exhausted()) ? new Jump(loop.more(), loop.position()) : loop;
    }

    /** The switch in its simplest form. */
    static Terminator folded(Switch choice) {
        if (choice.value() instanceof Constant constant) {
            return new Jump(wayFor(choice, constant.value()), choice.position());
        }
        if (choice.cases().isEmpty()) {
            return new Jump(choice.otherwise(), choice.position());
        }
        return isOfComparison(choice) ? withoutImpossible(choice) : choice;
    }

    private static Edge wayFor(Switch choice, long number) {
        return choice.cases().stream()
                .filter(c -> c.number() == number)
                .map(Switch.Case::edge)
                .findFirst()
                .orElse(choice.otherwise());
    }

    private static boolean isOfComparison(Switch choice) {
        return choice.value() instanceof Instruction i && i.operation() instanceof Operation.Compare;
    }

    /** A truth is 0 or 1. */
    private static Terminator withoutImpossible(Switch choice) {
        return new Branch(
                Comparison.NOT_EQUAL,
                choice.value(),
                Constant.of(0),
                wayFor(choice, 1),
                wayFor(choice, 0),
                choice.position());
    }
}
