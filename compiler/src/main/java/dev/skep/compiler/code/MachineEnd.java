package dev.skep.compiler.code;

import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Position;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;

/** How a {@link MachineBlock} ends. */
sealed interface MachineEnd {
    /** Where it may go on. */
    List<MachineBlock> targets();

    /** The same with each target exchanged. */
    MachineEnd withTargets(UnaryOperator<MachineBlock> change);

    /** Where the source asks for it. */
    Position position();

    /** Names each register whose value decides, or is the result. */
    default void forEachUse(IntConsumer action) {
        switch (this) {
            case Go go -> {}
            case MayContinue loop -> {}
            case Branch branch -> {
                action.accept(branch.left());
                if (branch.right() != Registers.NONE) {
                    action.accept(branch.right());
                }
            }
            case Exit exit -> {
                if (exit.hasResult()) {
                    action.accept(Registers.RESULT);
                }
            }
        }
    }

    /** Goes on there. */
    record Go(MachineBlock target, Position position) implements MachineEnd {
        @Override
        public List<MachineBlock> targets() {
            return List.of(target);
        }

        @Override
        public Go withTargets(UnaryOperator<MachineBlock> change) {
            return new Go(change.apply(target), position);
        }
    }

    /**
     * Goes one of two ways.
     *
     * @param wide whether all 64 bits are compared
     * @param right the register that {@code left} is compared with, {@link Registers#NONE} for {@code immediate}
     */
    record Branch(
            Comparison comparison,
            boolean wide,
            int left,
            int right,
            int immediate,
            MachineBlock taken,
            MachineBlock otherwise,
            Position position)
            implements MachineEnd {
        @Override
        public List<MachineBlock> targets() {
            return List.of(taken, otherwise);
        }

        @Override
        public Branch withTargets(UnaryOperator<MachineBlock> change) {
            return new Branch(
                    comparison, wide, left, right, immediate, change.apply(taken), change.apply(otherwise), position);
        }

        Branch withRegisters(int newLeft, int newRight) {
            return new Branch(comparison, wide, newLeft, newRight, immediate, taken, otherwise, position);
        }

        /** The same decision with the ways in the other order. */
        Branch inverted() {
            return new Branch(comparison.opposite(), wide, left, right, immediate, otherwise, taken, position);
        }

        /** The same decision with the registers in the other order. */
        Branch swapped() {
            return new Branch(comparison.swapped(), wide, right, left, 0, taken, otherwise, position);
        }
    }

    /** Goes on with a loop until the kernel's budget for loops is spent. */
    record MayContinue(MachineBlock more, MachineBlock exhausted, Position position) implements MachineEnd {
        @Override
        public List<MachineBlock> targets() {
            return List.of(more, exhausted);
        }

        @Override
        public MayContinue withTargets(UnaryOperator<MachineBlock> change) {
            return new MayContinue(change.apply(more), change.apply(exhausted), position);
        }
    }

    /** Leaves the function. @param hasResult whether r0 holds a result */
    record Exit(boolean hasResult, Position position) implements MachineEnd {
        @Override
        public List<MachineBlock> targets() {
            return List.of();
        }

        @Override
        public Exit withTargets(UnaryOperator<MachineBlock> change) {
            return this;
        }
    }
}
