package dev.skep.verifier.repair;

import dev.skep.verifier.program.ProgramCode;
import dev.skep.verifier.program.StackUse;
import dev.skep.verifier.program.Subprogram;

/** Stack slots of a function that its code does not use. */
final class FreeStack {
    private static final int LARGEST_FRAME = 512;
    private static final int SLOT = 8;

    private int lowest;

    /** @param slot of an instruction of the function */
    FreeStack(ProgramCode code, int slot) {
        Subprogram function = code.functionOf(slot);
        for (int at = function.start(); at < function.end(); at++) {
            if (code.startsAt(at)) {
                lowest = Math.min(lowest, StackUse.lowestOffset(code.at(at)));
            }
        }
        lowest = Math.floorDiv(lowest, SLOT) * SLOT;
    }

    /**
     * Offset of 8 more bytes.
     *
     * @throws CannotRepair if the frame is full
     */
    int next() {
        lowest -= SLOT;
        if (lowest < -LARGEST_FRAME) {
            throw new CannotRepair();
        }
        return lowest;
    }
}
