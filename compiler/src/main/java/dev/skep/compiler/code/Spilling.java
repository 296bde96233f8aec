package dev.skep.compiler.code;

import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.object.instruction.Opcode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Rewrites code so that some registers live in the frame, or are made anew for each use, and need no register in between. */
final class Spilling {
    private static final int SLOT_BYTES = 8;

    private final MachineFunction machine;
    private final Set<StackSlot> spillSlots;
    private final BitSet shortLived;
    private final Map<Integer, StackSlot> slots = new HashMap<>();
    private final Map<Integer, MachineInstruction> constants = new HashMap<>();
    private List<MachineInstruction> rewritten = new ArrayList<>();

    /**
     * Prepares to rewrite.
     *
     * @param spillSlots gets the new slots
     * @param shortLived gets the new registers
     */
    Spilling(MachineFunction machine, Set<StackSlot> spillSlots, BitSet shortLived) {
        this.machine = machine;
        this.spillSlots = spillSlots;
        this.shortLived = shortLived;
    }

    /** Takes these registers out of the code. */
    void spill(List<Integer> registers, SpillCosts costs) {
        for (int register : registers) {
            Optional<MachineInstruction> constant = costs.constant(register);
            if (constant.isPresent()) {
                constants.put(register, constant.get());
            } else {
                StackSlot slot = new StackSlot("spill", SLOT_BYTES, SLOT_BYTES);
                slots.put(register, slot);
                spillSlots.add(slot);
            }
        }
        machine.blocks().forEach(this::rewrite);
    }

    private void rewrite(MachineBlock block) {
        rewritten = new ArrayList<>();
        block.instructions().forEach(this::rewrite);
        if (block.end() instanceof MachineEnd.Branch branch) {
            int left = loaded(branch.left(), branch.position());
            int right = branch.right() == branch.left() ? left : loaded(branch.right(), branch.position());
            block.endWith(branch.withRegisters(left, right));
        }
        block.replaceInstructions(rewritten);
    }

    private void rewrite(MachineInstruction instruction) {
        int destination = instruction.destination();
        int source = instruction.source();
        if (instruction.writesDestination() && constants.containsKey(destination)) {
            return; // it is made where it is used
        }
        if (instruction.isMove() && isSpilled(source) && !isSpilled(destination)) {
            rewritten.add(load(destination, source, instruction.position()));
        } else if (instruction.isMove() && slots.containsKey(destination)) {
            rewritten.add(store(destination, loaded(source, instruction.position()), instruction.position()));
        } else {
            rewriteOperands(instruction, destination, source);
        }
    }

    private void rewriteOperands(MachineInstruction instruction, int destination, int source) {
        Position position = instruction.position();
        int newDestination = destination;
        if (isSpilled(destination)) {
            newDestination = instruction.readsDestination() ? loaded(destination, position) : newRegister();
        }
        int newSource = source == destination ? newDestination : loaded(source, position);
        rewritten.add(instruction.withRegisters(newDestination, newSource));
        if (instruction.writesDestination() && isSpilled(destination)) {
            rewritten.add(store(destination, newDestination, position));
        }
        if (instruction.writesSource() && isSpilled(source)) {
            rewritten.add(store(source, newSource, position));
        }
    }

    private boolean isSpilled(int register) {
        return slots.containsKey(register) || constants.containsKey(register);
    }

    private int newRegister() {
        int register = machine.newRegister();
        shortLived.set(register);
        return register;
    }

    /** The register, or one that the spilled value is loaded into. */
    private int loaded(int register, Position position) {
        if (!isSpilled(register)) {
            return register;
        }
        int loaded = newRegister();
        rewritten.add(load(loaded, register, position));
        return loaded;
    }

    private MachineInstruction load(int destination, int spilled, Position position) {
        MachineInstruction constant = constants.get(spilled);
        if (constant != null) {
            return constant.withRegisters(destination, Registers.NONE).at(position);
        }
        int opcode = Opcode.BPF_LDX | Opcode.BPF_MEM | Opcode.BPF_DW;
        return MachineInstruction.of(opcode, destination, Registers.FRAME, 0, 0, position)
                .withSlot(Objects.requireNonNull(slots.get(spilled)));
    }

    private MachineInstruction store(int spilled, int source, Position position) {
        int opcode = Opcode.BPF_STX | Opcode.BPF_MEM | Opcode.BPF_DW;
        return MachineInstruction.of(opcode, Registers.FRAME, source, 0, 0, position)
                .withSlot(Objects.requireNonNull(slots.get(spilled)));
    }
}
