package dev.skep.engine.interpreter;

import dev.skep.object.InputException;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.InstructionSet;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.ProgramType;
import java.util.Optional;

/**
 * What the interpreter relies on, checked once when a program is loaded: every instruction exists, jumps and calls land on
 * instructions of the program, execution cannot run off its end, r10 is not written, nothing is left to be filled in. This is
 * no verifier: a program that passes may still loop or use wrong addresses.
 */
public final class ProgramCheck {
    private static final int FRAME_POINTER = 10;

    private final ProgramImage image;
    private final Instructions code;

    private ProgramCheck(ProgramImage image) {
        this.image = image;
        code = image.instructions();
    }

    /**
     * Checks a program whose references are filled in.
     *
     * @throws InputException if it cannot be run, naming the instruction and the source line
     */
    public static void check(ProgramImage image) {
        new ProgramCheck(image).check();
    }

    private void check() {
        if (code.slotCount() == 0) {
            throw wrong(0, "the program has no instructions", "a program ends with `exit`");
        }
        int slot = 0;
        int last = 0;
        for (Instruction instruction : code) {
            checkOne(slot, instruction);
            last = slot;
            slot += instruction.slots();
        }
        if (!endsFlow(code.at(last))) {
            throw wrong(last, "execution runs off the end of the program", "end it with `exit` or a jump back");
        }
    }

    private void checkOne(int slot, Instruction instruction) {
        Optional<String> problem = InstructionSet.check(instruction);
        if (problem.isPresent()) {
            throw wrong(slot, problem.get(), "");
        }
        if (written(instruction) == FRAME_POINTER) {
            throw wrong(slot, "writes r10, the frame pointer, which is read-only", "");
        }
        switch (instruction.instructionClass()) {
            case Opcode.BPF_JMP, Opcode.BPF_JMP32 -> checkJump(slot, instruction);
            case Opcode.BPF_LD -> checkLoad(slot, instruction);
            default -> {}
        }
    }

    private void checkJump(int slot, Instruction instruction) {
        int distance = switch (instruction.opcode()) {
            case Opcode.EXIT, Opcode.CALLX -> 0;
            case Opcode.CALL -> instruction.srcReg() == Opcode.BPF_PSEUDO_CALL ? instruction.imm() : 0;
            case Opcode.GOTOL -> instruction.imm();
            default -> instruction.offset();
        };
        boolean jumps = instruction.opcode() != Opcode.EXIT
                && instruction.opcode() != Opcode.CALLX
                && (instruction.opcode() != Opcode.CALL || instruction.srcReg() == Opcode.BPF_PSEUDO_CALL);
        long target = slot + 1L + distance;
        if (jumps && (target != (int) target || !code.startsAt((int) target))) {
            boolean inside = target >= 0 && target < code.slotCount();
            throw wrong(
                    slot,
                    "jumps to instruction " + target
                            + (inside
                                    ? ", the second half of an lddw"
                                    : ", outside the program of " + code.slotCount()),
                    "");
        }
    }

    private void checkLoad(int slot, Instruction instruction) {
        if (instruction.isWide()) {
            if (instruction.srcReg() != 0) {
                throw wrong(
                        slot,
                        "lddw refers to something (source " + instruction.srcReg() + ") that nobody filled in",
                        "load it as part of an object, whose relocations say what is meant");
            }
            return;
        }
        ProgramType type = image.spec().type();
        boolean mayRead = switch (type) {
            case UNSPEC, SOCKET_FILTER, SCHED_CLS, SCHED_ACT -> true;
            default -> false;
        };
        if (!mayRead) {
            throw wrong(
                    slot,
                    "LD_ABS and LD_IND load from a __sk_buff, which a program of type " + type + " does not have",
                    "use the packet's data pointers");
        }
    }

    private static boolean endsFlow(Instruction instruction) {
        return switch (instruction.opcode()) {
            case Opcode.EXIT, Opcode.JA, Opcode.GOTOL -> true;
            default -> false;
        };
    }

    /** The register an instruction writes, other than what calls do to r0 to r5; -1 if none. */
    private static int written(Instruction instruction) {
        return switch (instruction.instructionClass()) {
            case Opcode.BPF_ALU, Opcode.BPF_ALU64, Opcode.BPF_LDX -> instruction.dstReg();
            case Opcode.BPF_LD -> instruction.isWide() ? instruction.dstReg() : -1;
            case Opcode.BPF_STX -> (instruction.opcode() & 0xe0) == Opcode.BPF_ATOMIC ? fetched(instruction) : -1;
            default -> -1;
        };
    }

    private static int fetched(Instruction instruction) {
        if (instruction.imm() == Opcode.BPF_LOAD_ACQ) {
            return instruction.dstReg();
        }
        boolean fetches = (instruction.imm() & Opcode.BPF_FETCH) != 0 && instruction.imm() != Opcode.BPF_CMPXCHG;
        return fetches ? instruction.srcReg() : -1;
    }

    private InputException wrong(int slot, String problem, String advice) {
        return new InputException(SourceLines.location(image, slot), problem, advice);
    }
}
