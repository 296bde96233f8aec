package dev.skep.compiler.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Instructions done one after the other, and how they end. Told apart by identity. */
final class MachineBlock {
    private final int number;
    private List<MachineInstruction> instructions = new ArrayList<>();
    private Optional<MachineEnd> end = Optional.empty();

    /** @param number index in the function's list of blocks */
    MachineBlock(int number) {
        this.number = number;
    }

    /** Index in the function's list of blocks. */
    int number() {
        return number;
    }

    /** In order; may be added to. */
    List<MachineInstruction> instructions() {
        return instructions;
    }

    void replaceInstructions(List<MachineInstruction> others) {
        instructions = others;
    }

    /** How it ends. @throws java.util.NoSuchElementException if that is not said yet */
    MachineEnd end() {
        return end.orElseThrow();
    }

    void endWith(MachineEnd how) {
        end = Optional.of(how);
    }
}
