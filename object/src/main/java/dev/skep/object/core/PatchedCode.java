package dev.skep.object.core;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A function's instructions while relocations are applied, one by one. */
final class PatchedCode {
    /** By slot; null at the second half of an lddw. */
    private final @Nullable Instruction[] bySlot;

    PatchedCode(Instructions original) {
        bySlot = new Instruction[original.slotCount()];
        int slot = 0;
        for (Instruction instruction : original) {
            bySlot[slot] = instruction;
            slot += instruction.slots();
        }
    }

    /** @throws CoreFailure if no instruction starts at {@code slot} */
    Instruction at(int slot) {
        Instruction instruction = slot >= 0 && slot < bySlot.length ? bySlot[slot] : null;
        if (instruction == null) {
            throw new CoreFailure(
                    "there is no instruction at slot " + slot + " to relocate",
                    "the object's code and .BTF.ext disagree; compile it again");
        }
        return instruction;
    }

    /**
     * Changes the instruction at {@code slot}.
     *
     * @return false if it was poisoned
     * @throws CoreFailure if the instruction is not what the compiler should have written, or cannot hold the number
     */
    boolean apply(int slot, Patch patch) {
        Instruction instruction = at(slot);
        Optional<Instruction> changed = InstructionPatch.apply(instruction, patch);
        if (changed.isPresent()) {
            bySlot[slot] = changed.get();
            return true;
        }
        // Both halves of an lddw, so that the verifier does not complain of the second one instead.
        Arrays.fill(bySlot, slot, slot + instruction.slots(), InstructionPatch.POISON);
        return false;
    }

    Instructions toInstructions() {
        List<Instruction> list = new ArrayList<>(bySlot.length);
        Arrays.stream(bySlot).filter(Objects::nonNull).forEach(list::add);
        return Instructions.of(list);
    }
}
