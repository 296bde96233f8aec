package dev.skep.compiler.code;

import dev.skep.compiler.ir.Function;
import java.util.ArrayList;
import java.util.List;

/** A function as machine instructions: blocks, the first of which is entered, and how many registers they name. */
final class MachineFunction {
    private final Function function;
    private final List<MachineBlock> blocks = new ArrayList<>();
    private int registers = Registers.FIRST_VIRTUAL;

    MachineFunction(Function function) {
        this.function = function;
    }

    /** What it was made from. */
    Function function() {
        return function;
    }

    /** All blocks by number, entry first. */
    List<MachineBlock> blocks() {
        return blocks;
    }

    MachineBlock addBlock() {
        MachineBlock block = new MachineBlock(blocks.size());
        blocks.add(block);
        return block;
    }

    /** A virtual register that was not there before. */
    int newRegister() {
        return registers++;
    }

    /** All registers have lower numbers. */
    int registerCount() {
        return registers;
    }
}
