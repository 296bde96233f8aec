package dev.skep.compiler.code;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides which operand of a commutative operation the result takes the place of. Selection copies the left one and changes the
 * copy; where only the right one is not needed any more, or the result becomes its next value in a loop, the copy can be spared by
 * copying that.
 */
final class OperandOrder {
    /** A copy from one register to another. */
    private record Copy(int destination, int source) {}

    private final Set<Copy> copies = new HashSet<>();

    private OperandOrder(MachineFunction machine) {
        for (MachineBlock block : machine.blocks()) {
            for (MachineInstruction instruction : block.instructions()) {
                if (instruction.isMove()) {
                    copies.add(new Copy(instruction.destination(), instruction.source()));
                }
            }
        }
    }

    /** Exchanges operands in {@code machine} where that spares a copy. */
    static void choose(MachineFunction machine, ControlFlow flow, Liveness liveness) {
        OperandOrder choice = new OperandOrder(machine);
        flow.order()
                .forEach(block ->
                        choice.choose(block, (BitSet) liveness.atEnd(block).clone()));
    }

    private void choose(MachineBlock block, BitSet live) {
        block.end().forEachUse(live::set);
        List<MachineInstruction> instructions = block.instructions();
        for (int i = instructions.size() - 1; i > 0; i--) {
            MachineInstruction operation = instructions.get(i);
            MachineInstruction copy = instructions.get(i - 1);
            if (isExchangeable(copy, operation) && isBetterExchanged(copy.source(), operation, live)) {
                instructions.set(i - 1, copy.withRegisters(copy.destination(), operation.source()));
                operation = operation.withRegisters(operation.destination(), copy.source());
                instructions.set(i, operation);
            }
            operation.forEachDefinition(live::clear);
            operation.forEachUse(live::set);
        }
    }

    private static boolean isExchangeable(MachineInstruction copy, MachineInstruction operation) {
        return operation.isCommutative()
                && copy.isMove()
                && copy.destination() == operation.destination()
                && copy.source() != Registers.FRAME
                && copy.source() != operation.source()
                && operation.source() != operation.destination();
    }

    /** @param live what is needed after the operation */
    private boolean isBetterExchanged(int left, MachineInstruction operation, BitSet live) {
        int right = operation.source();
        if (live.get(left) != live.get(right)) {
            return live.get(left);
        }
        int result = operation.destination();
        return copies.contains(new Copy(right, result)) && !copies.contains(new Copy(left, result));
    }
}
