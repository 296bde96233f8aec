package dev.skep.compiler.code;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What it costs to have a register's value not in a register: nearly nothing if it is a constant that is just made again. */
final class SpillCosts {
    private static final double OF_CONSTANTS = 0.25;

    private final InterferenceGraph graph;
    /** Registers that are written once only, with a constant. */
    private final Map<Integer, MachineInstruction> constants = new HashMap<>();

    /** Registers that hold what was spilled for one instruction only: spilling them again would gain nothing. */
    private final BitSet shortLived;

    SpillCosts(MachineFunction machine, InterferenceGraph graph, BitSet shortLived) {
        this.graph = graph;
        this.shortLived = shortLived;
        BitSet written = new BitSet();
        for (MachineBlock block : machine.blocks()) {
            block.instructions().forEach(instruction -> note(instruction, written));
        }
    }

    private void note(MachineInstruction instruction, BitSet written) {
        instruction.forEachDefinition(register -> {
            int merged = graph.representative(register);
            boolean copiesItself = instruction.isMove() && graph.representative(instruction.source()) == merged;
            if (copiesItself) {
                return;
            }
            if (!written.get(merged) && instruction.isConstant()) {
                constants.put(merged, instruction);
            } else {
                constants.remove(merged);
            }
            written.set(merged);
        });
    }

    /** The cost of spilling a register. */
    double of(int register) {
        if (shortLived.get(register)) {
            return Double.MAX_VALUE / graph.size();
        }
        double cost = graph.cost(register);
        return constants.containsKey(register) ? cost * OF_CONSTANTS : cost;
    }

    /** The instruction that makes a register's value anew, if there is one. */
    Optional<MachineInstruction> constant(int register) {
        return Optional.ofNullable(constants.get(register));
    }
}
