package dev.skep.compiler.code;

import dev.skep.compiler.ir.StackSlot;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * Puts every virtual register into one of the machine, or into the frame where there are too few, and drops copies that have
 * become needless. A value stays in one place for all of its life: what the verifier has learned about it in a comparison holds
 * where it is used.
 */
final class RegisterAllocation {
    /** No function needs so many; if one does, registers that live for one instruction only do not fit, which cannot be. */
    private static final int MOST_ROUNDS = 64;

    private final MachineFunction machine;
    private final Set<StackSlot> spillSlots = new LinkedHashSet<>();
    private final BitSet shortLived = new BitSet();

    private RegisterAllocation(MachineFunction machine) {
        this.machine = machine;
    }

    /** Rewrites {@code machine} to registers of the machine only. @return the slots for values that found none */
    static Set<StackSlot> allocate(MachineFunction machine) {
        RegisterAllocation allocation = new RegisterAllocation(machine);
        allocation.chooseOperands();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            if (allocation.tryAllocate()) {
                return allocation.spillSlots;
            }
        }
        throw new IllegalStateException("no registers for " + machine.function());
    }

    private void chooseOperands() {
        ControlFlow flow = new ControlFlow(machine);
        OperandOrder.choose(machine, flow, new Liveness(machine, flow));
    }

    private boolean tryAllocate() {
        ControlFlow flow = new ControlFlow(machine);
        dropUnreached(flow);
        InterferenceGraph graph = new InterferenceGraph(machine, flow, new Liveness(machine, flow));
        Coalescing.coalesce(graph);
        rename(graph::representative);
        SpillCosts costs = new SpillCosts(machine, graph, shortLived);
        Coloring coloring = new Coloring(graph, costs, occurring());
        if (coloring.uncolored().isEmpty()) {
            rename(coloring::machineRegister);
            return true;
        }
        new Spilling(machine, spillSlots, shortLived).spill(coloring.uncolored(), costs);
        return false;
    }

    private void dropUnreached(ControlFlow flow) {
        for (MachineBlock block : machine.blocks()) {
            if (flow.position(block) < 0) {
                block.replaceInstructions(new ArrayList<>());
                block.endWith(new MachineEnd.Exit(false, machine.function().position()));
            }
        }
    }

    private BitSet occurring() {
        BitSet registers = new BitSet();
        for (MachineBlock block : machine.blocks()) {
            block.end().forEachUse(registers::set);
            for (MachineInstruction instruction : block.instructions()) {
                instruction.forEachUse(registers::set);
                instruction.forEachDefinition(registers::set);
            }
        }
        return registers;
    }

    /** Puts other registers in the place of those named, and drops copies of a register into itself. */
    private void rename(IntUnaryOperator change) {
        for (MachineBlock block : machine.blocks()) {
            List<MachineInstruction> renamed = new ArrayList<>();
            for (MachineInstruction instruction : block.instructions()) {
                int destination = rename(change, instruction.destination());
                int source = rename(change, instruction.source());
                boolean same = destination == instruction.destination() && source == instruction.source();
                MachineInstruction other = same ? instruction : instruction.withRegisters(destination, source);
                if (!other.isMove() || other.destination() != other.source()) {
                    renamed.add(other);
                }
            }
            block.replaceInstructions(renamed);
            if (block.end() instanceof MachineEnd.Branch branch) {
                block.endWith(branch.withRegisters(rename(change, branch.left()), rename(change, branch.right())));
            }
        }
    }

    private static int rename(IntUnaryOperator change, int register) {
        return register == Registers.NONE ? register : change.applyAsInt(register);
    }
}
