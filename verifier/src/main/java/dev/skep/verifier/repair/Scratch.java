package dev.skep.verifier.repair;

import dev.skep.object.instruction.Instruction;
import dev.skep.verifier.program.RegisterLiveness;
import java.util.ArrayList;
import java.util.List;

/** Registers to compute with at an instruction: those that nothing reads any more, else others, saved and restored. */
final class Scratch {
    private static final int GENERAL = 10;

    private final int live;
    private final FreeStack stack;
    private final List<Instruction> saves = new ArrayList<>();
    private final List<Instruction> restores = new ArrayList<>();
    private int taken;

    /** @param kept registers that must not be taken, a bit each */
    Scratch(RegisterLiveness liveness, FreeStack stack, int slot, int kept) {
        this.live = liveness.before(slot);
        this.stack = stack;
        this.taken = kept;
    }

    /** Another register. */
    int take() {
        for (int register = 0; register < GENERAL; register++) {
            if (((live | taken) & 1 << register) == 0) {
                taken |= 1 << register;
                return register;
            }
        }
        for (int register = 0; register < GENERAL; register++) {
            if ((taken & 1 << register) == 0) {
                taken |= 1 << register;
                int offset = stack.next();
                saves.add(Code.store(Long.BYTES, Code.FRAME_POINTER, offset, register));
                restores.add(Code.load(Long.BYTES, register, Code.FRAME_POINTER, offset));
                return register;
            }
        }
        throw new CannotRepair();
    }

    /** To run before the registers are used. */
    List<Instruction> saves() {
        return List.copyOf(saves);
    }

    /** To run afterwards, unless the function ends. */
    List<Instruction> restores() {
        return List.copyOf(restores);
    }
}
