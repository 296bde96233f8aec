package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Operation.Compare;
import dev.skep.compiler.ir.Operation.Extend;
import dev.skep.compiler.ir.Terminator.Branch;
import dev.skep.compiler.ir.Terminator.Jump;
import dev.skep.compiler.ir.Value;
import java.util.Optional;

/**
 * Removes checks that always hold since the same value was checked before, and extends without sign what is never negative. Masks stay
 * whatever is known of the value: what bounds an index for the kernel's verifier must be seen by it.
 */
final class RangePropagation implements Pass {
    @Override
    public boolean run(Function function) {
        Ranges ranges = new Ranges(function);
        boolean changed = false;
        for (Block block : ControlFlow.of(function).order()) {
            for (Instruction instruction : block.instructions()) {
                Optional<Operation> simpler = simplify(instruction.operation(), block, ranges);
                simpler.ifPresent(instruction::replace);
                changed |= simpler.isPresent();
            }
            if (block.terminator() instanceof Branch branch) {
                Optional<Boolean> known = outcome(condition(branch), block, ranges);
                if (known.isPresent()) {
                    block.terminate(new Jump(known.get() ? branch.taken() : branch.otherwise(), branch.position()));
                    changed = true;
                }
            }
        }
        return changed;
    }

    private static Compare condition(Branch branch) {
        return new Compare(branch.comparison(), branch.left(), branch.right());
    }

    private static Optional<Operation> simplify(Operation operation, Block block, Ranges ranges) {
        return switch (operation) {
            case Compare compare ->
                outcome(compare, block, ranges).map(known -> Constants.copy(Constant.of(known ? 1 : 0)));
            case Extend extend
            when extend.signed()
                    && extend.from() == Int.I32
                    && extend.value().type() == Int.I32
                    && ranges.at(extend.value(), block).isNonNegative() ->
                Optional.of(new Extend(Int.I32, false, extend.value(), extend.type()));
            default -> Optional.empty();
        };
    }

    private static Optional<Boolean> outcome(Compare compare, Block block, Ranges ranges) {
        return isInteger(compare.left()) && isInteger(compare.right())
                ? ranges.at(compare.left(), block).test(compare.comparison(), ranges.at(compare.right(), block))
                : Optional.empty();
    }

    private static boolean isInteger(Value value) {
        return value.type() instanceof Int;
    }
}
