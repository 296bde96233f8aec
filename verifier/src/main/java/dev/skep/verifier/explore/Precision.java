package dev.skep.verifier.explore;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.verifier.program.ProgramCode;
import dev.skep.verifier.state.Checkpoint;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.Linked;
import dev.skep.verifier.state.Moment;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * Finds which earlier numbers a number came from. Most numbers do not matter to safety; two states that differ only in those can be taken for one.
 * When a number does matter (it decided a branch, or where memory is accessed), everything it was computed from, back to
 * the program's start, is marked precise in the checkpoints on the path, and is from then on compared exactly.
 */
final class Precision {
    private static final int R0 = 1;
    private static final int ARGUMENTS = 0b11_1110;

    private final ProgramCode code;
    private final int[] registers = new int[ProgramState.MAX_FRAMES];
    private final long[] slots = new long[ProgramState.MAX_FRAMES];
    /** The walk met something it cannot follow. */
    private boolean lost;

    Precision(ProgramCode code) {
        this.code = code;
    }

    /** Asks for a register of {@code state}'s current frame; to be followed by {@link #track}. */
    void wantRegister(int frame, int register) {
        registers[frame] |= 1 << register;
    }

    void wantSlot(int frame, int slot) {
        slots[frame] |= 1L << slot;
    }

    /**
     * Marks everything that what was asked for came from.
     *
     * @param last the youngest instruction to look at
     * @param frame depth of the frame that asks, which is not that of {@code last} right after a call or a return
     */
    void track(@Nullable Moment last, @Nullable Checkpoint youngest, int frame) {
        lost = false;
        Moment at = last;
        int followingFrame = frame;
        for (Checkpoint checkpoint = youngest; checkpoint != null && wanted(); checkpoint = checkpoint.parent()) {
            Moment start = checkpoint.state().past();
            while (at != null && at != start && wanted()) {
                back(at, followingFrame);
                followingFrame = at.frame();
                at = at.previous();
            }
            if (lost) {
                markEverything(checkpoint);
                break;
            }
            mark(checkpoint);
        }
        forget();
    }

    private void forget() {
        for (int i = 0; i < registers.length; i++) {
            registers[i] = 0;
            slots[i] = 0;
        }
    }

    private boolean wanted() {
        if (lost) {
            return true;
        }
        for (int i = 0; i < registers.length; i++) {
            if (registers[i] != 0 || slots[i] != 0) {
                return true;
            }
        }
        return false;
    }

    /** Marks what is wanted in {@code checkpoint}, and wants no longer what is no number or already marked. */
    private void mark(Checkpoint checkpoint) {
        ProgramState state = checkpoint.state();
        for (int depth = 0; depth < registers.length; depth++) {
            if (depth >= state.frameCount()) {
                registers[depth] = 0;
                slots[depth] = 0;
                continue;
            }
            Frame frame = state.frame(depth);
            registers[depth] = scalars(frame, registers[depth]) & ~checkpoint.preciseRegisters(depth);
            slots[depth] = spilledScalars(frame, slots[depth]) & ~checkpoint.preciseSlots(depth);
            checkpoint.markPreciseRegisters(depth, registers[depth]);
            checkpoint.markPreciseSlots(depth, slots[depth]);
        }
    }

    private static int scalars(Frame frame, int wanted) {
        int found = 0;
        for (int rest = wanted; rest != 0; rest &= rest - 1) {
            int register = Integer.numberOfTrailingZeros(rest);
            if (frame.register(register) instanceof Scalar) {
                found |= 1 << register;
            }
        }
        return found;
    }

    private static long spilledScalars(Frame frame, long wanted) {
        long found = 0;
        for (long rest = wanted; rest != 0; rest &= rest - 1) {
            int slot = Long.numberOfTrailingZeros(rest);
            if (frame.slot(slot).hasSpilledScalar()) {
                found |= 1L << slot;
            }
        }
        return found;
    }

    /** Everything counts from here back, where a number's origin cannot be followed. */
    private static void markEverything(Checkpoint youngest) {
        for (Checkpoint checkpoint = youngest; checkpoint != null; checkpoint = checkpoint.parent()) {
            for (int depth = 0; depth < checkpoint.state().frameCount(); depth++) {
                Frame frame = checkpoint.state().frame(depth);
                checkpoint.markPreciseRegisters(depth, scalars(frame, (1 << Frame.FRAME_POINTER) - 1));
                checkpoint.markPreciseSlots(depth, spilledScalars(frame, -1L));
            }
        }
    }

    /** From what is wanted after the instruction to what is wanted before it. */
    private void back(Moment moment, int followingFrame) {
        Instruction instruction = code.at(moment.slot());
        int frame = moment.frame();
        switch (instruction.instructionClass()) {
            case Opcode.BPF_ALU, Opcode.BPF_ALU64 -> backArithmetic(instruction, frame);
            case Opcode.BPF_LDX -> backLoad(1 << instruction.dstReg(), moment);
            case Opcode.BPF_STX -> backStore(instruction, moment);
            case Opcode.BPF_ST -> backStoreConstant(instruction, moment);
            case Opcode.BPF_LD -> backConstant(instruction, frame, followingFrame);
            default -> backJump(instruction, moment, followingFrame);
        }
    }

    private void backArithmetic(Instruction instruction, int frame) {
        int destination = 1 << instruction.dstReg();
        if ((registers[frame] & destination) == 0) {
            return;
        }
        int operation = instruction.opcode() & 0xf0;
        boolean fromRegister = (instruction.opcode() & Opcode.BPF_X) != 0;
        if (operation == Opcode.BPF_END || operation == Opcode.BPF_NEG) {
            return;
        }
        if (operation == Opcode.BPF_MOV) {
            registers[frame] &= ~destination;
        }
        if (fromRegister && instruction.srcReg() != Frame.FRAME_POINTER) {
            registers[frame] |= 1 << instruction.srcReg();
        }
    }

    private void backConstant(Instruction instruction, int frame, int followingFrame) {
        if (instruction.isWide()) {
            registers[frame] &= ~(1 << instruction.dstReg());
        } else if (followingFrame < frame) {
            endedEarly(frame, followingFrame);
        } else if ((registers[frame] & R0) != 0) {
            lost = true;
        }
    }

    /** The instruction ended its function with a result of its own. */
    private void endedEarly(int frame, int followingFrame) {
        registers[followingFrame] &= ~(R0 | ARGUMENTS);
        registers[frame] = 0;
        slots[frame] = 0;
    }

    private void backLoad(int destination, Moment moment) {
        int frame = moment.frame();
        if ((registers[frame] & destination) == 0) {
            return;
        }
        registers[frame] &= ~destination;
        if (moment.touchedFrame() >= 0) {
            slots[moment.touchedFrame()] |= 1L << moment.touchedSlot();
        }
    }

    private void backStore(Instruction instruction, Moment moment) {
        int frame = moment.frame();
        boolean atomic = (instruction.opcode() & 0xe0) == Opcode.BPF_ATOMIC;
        if (atomic && instruction.imm() != Opcode.BPF_STORE_REL) {
            backAtomic(instruction, moment);
            return;
        }
        if ((registers[frame] & (1 << instruction.dstReg())) != 0) {
            lost = true;
            return;
        }
        if (takeSlot(moment)) {
            registers[frame] |= 1 << instruction.srcReg();
        }
    }

    private void backAtomic(Instruction instruction, Moment moment) {
        if (instruction.imm() == Opcode.BPF_LOAD_ACQ) {
            backLoad(1 << instruction.dstReg(), moment);
        } else if (instruction.imm() == Opcode.BPF_CMPXCHG) {
            backLoad(R0, moment);
        } else if ((instruction.imm() & Opcode.BPF_FETCH) != 0) {
            backLoad(1 << instruction.srcReg(), moment);
        }
    }

    private void backStoreConstant(Instruction instruction, Moment moment) {
        if ((registers[moment.frame()] & (1 << instruction.dstReg())) != 0) {
            lost = true;
        } else {
            takeSlot(moment);
        }
    }

    /** True if the slot that the instruction stored to was wanted; it no longer is. */
    private boolean takeSlot(Moment moment) {
        int frame = moment.touchedFrame();
        if (frame < 0 || (slots[frame] & (1L << moment.touchedSlot())) == 0) {
            return false;
        }
        slots[frame] &= ~(1L << moment.touchedSlot());
        return true;
    }

    private void backJump(Instruction instruction, Moment moment, int followingFrame) {
        int frame = moment.frame();
        if (instruction.opcode() == Opcode.CALL) {
            backCall(instruction, moment, followingFrame);
        } else if (instruction.opcode() == Opcode.EXIT) {
            backExit(moment, followingFrame);
        } else if (instruction.opcode() != Opcode.JA
                && instruction.opcode() != Opcode.GOTOL
                && instruction.opcode() != Opcode.MAY_GOTO) {
            wantLinked(moment.linked());
            boolean ofRegisters = (instruction.opcode() & Opcode.BPF_X) != 0;
            int compared = 1 << instruction.dstReg() | 1 << instruction.srcReg();
            if (ofRegisters && (registers[frame] & compared) != 0) {
                registers[frame] |= compared & ~(1 << Frame.FRAME_POINTER);
                wantLinked(moment.linked());
            }
        }
    }

    /** If one of the copies that the comparison refined together is wanted, all are. */
    private void wantLinked(int[] linked) {
        boolean any = false;
        for (int place : linked) {
            int frame = Linked.frameOf(place);
            int index = Linked.indexOf(place);
            any |= Linked.isSlot(place) ? (slots[frame] >>> index & 1) != 0 : (registers[frame] >>> index & 1) != 0;
        }
        if (!any) {
            return;
        }
        for (int place : linked) {
            if (Linked.isSlot(place)) {
                slots[Linked.frameOf(place)] |= 1L << Linked.indexOf(place);
            } else {
                registers[Linked.frameOf(place)] |= 1 << Linked.indexOf(place);
            }
        }
    }

    private void backCall(Instruction instruction, Moment moment, int followingFrame) {
        int frame = moment.frame();
        if (followingFrame > frame) {
            boolean direct = instruction.srcReg() == Opcode.BPF_PSEUDO_CALL;
            int arguments = direct ? registers[followingFrame] & ARGUMENTS : 0;
            registers[followingFrame] = 0;
            slots[followingFrame] = 0;
            registers[frame] |= arguments;
        } else if (followingFrame < frame) {
            endedEarly(frame, followingFrame);
        } else {
            registers[frame] &= ~(R0 | ARGUMENTS);
        }
    }

    /** Back into a function that has returned: its result is wanted if the caller's r0 is. A callback's result goes to the kernel. */
    private void backExit(Moment moment, int followingFrame) {
        int frame = moment.frame();
        if (followingFrame >= frame) {
            return;
        }
        boolean result = !moment.leavesCallback() && (registers[followingFrame] & R0) != 0;
        registers[followingFrame] &= ~(R0 | ARGUMENTS);
        registers[frame] = result ? R0 : 0;
        slots[frame] = 0;
    }
}
