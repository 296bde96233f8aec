package dev.skep.verifier.program;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/**
 * Which registers may still be read after each point: a register that will not be is no reason to tell two states apart. Flows backwards over each
 * function; a call reads its arguments, r1 to r5 if it is not known how many it has, and writes r0 to r5.
 */
public final class RegisterLiveness {
    private static final int ALL = (1 << 11) - 1;
    private static final int CLOBBERED = 0b11_1111;
    private static final int FRAME_POINTER = 1 << 10;

    private final ProgramCode code;
    private final IntUnaryOperator helperArguments;
    private final int[] liveBefore;

    private RegisterLiveness(ProgramCode code, IntUnaryOperator helperArguments) {
        this.code = code;
        this.helperArguments = helperArguments;
        liveBefore = new int[code.slotCount()];
    }

    /** @param helperArguments number of arguments by number of helper */
    public static RegisterLiveness of(ProgramCode code, IntUnaryOperator helperArguments) {
        RegisterLiveness liveness = new RegisterLiveness(code, helperArguments);
        liveness.flowBackwards();
        return liveness;
    }

    /** Looks at each instruction again whenever what follows it has changed. */
    private void flowBackwards() {
        Map<Integer, List<Integer>> jumpsTo = new HashMap<>();
        Deque<Integer> open = new ArrayDeque<>();
        BitSet waiting = new BitSet();
        for (int slot = 0; slot < code.slotCount(); slot++) {
            if (code.startsAt(slot)) {
                int target = ControlFlow.jumpTarget(code.at(slot), slot);
                if (code.startsAt(target)) {
                    jumpsTo.computeIfAbsent(target, none -> new ArrayList<>()).add(slot);
                }
                open.push(slot);
                waiting.set(slot);
            }
        }
        while (!open.isEmpty()) {
            int slot = open.pop();
            waiting.clear(slot);
            if (update(slot)) {
                int before = code.startsAt(slot - 1) ? slot - 1 : slot - 2;
                Stream.concat(Stream.of(before), jumpsTo.getOrDefault(slot, List.of()).stream())
                        .filter(each -> code.startsAt(each) && !waiting.get(each))
                        .forEach(each -> {
                            waiting.set(each);
                            open.push(each);
                        });
            }
        }
    }

    /** Registers that may be read at {@code slot} or after it, before they are written: a bit each. */
    public int before(int slot) {
        return liveBefore[slot];
    }

    private boolean update(int slot) {
        Instruction instruction = code.at(slot);
        int live = (liveAfter(slot, instruction) & ~written(instruction)) | read(instruction) | FRAME_POINTER;
        boolean changed = live != liveBefore[slot];
        liveBefore[slot] = live;
        return changed;
    }

    private int liveAfter(int slot, Instruction instruction) {
        if (instruction.opcode() == Opcode.EXIT) {
            return 0;
        }
        int next = slot + instruction.slots();
        int target = ControlFlow.jumpTarget(instruction, slot);
        boolean falls = instruction.opcode() != Opcode.JA && instruction.opcode() != Opcode.GOTOL;
        int live = falls && code.startsAt(next) ? liveBefore[next] : 0;
        return code.startsAt(target) ? live | liveBefore[target] : live;
    }

    private static int written(Instruction instruction) {
        return switch (instruction.instructionClass()) {
            case Opcode.BPF_ALU, Opcode.BPF_ALU64, Opcode.BPF_LDX -> 1 << instruction.dstReg();
            case Opcode.BPF_LD -> instruction.isWide() ? 1 << instruction.dstReg() : CLOBBERED;
            case Opcode.BPF_JMP -> instruction.opcode() == Opcode.CALL ? CLOBBERED : 0;
            case Opcode.BPF_STX -> atomicResult(instruction);
            default -> 0;
        };
    }

    private static int atomicResult(Instruction instruction) {
        if (!isAtomic(instruction)) {
            return 0;
        }
        return switch (instruction.imm()) {
            case Opcode.BPF_CMPXCHG -> 1;
            case Opcode.BPF_LOAD_ACQ -> 1 << instruction.dstReg();
            case Opcode.BPF_STORE_REL -> 0;
            default -> (instruction.imm() & Opcode.BPF_FETCH) != 0 ? 1 << instruction.srcReg() : 0;
        };
    }

    private static boolean isAtomic(Instruction instruction) {
        return (instruction.opcode() & 0xe0) == Opcode.BPF_ATOMIC;
    }

    private int read(Instruction instruction) {
        int destination = 1 << instruction.dstReg();
        int source = 1 << instruction.srcReg();
        return switch (instruction.instructionClass()) {
            case Opcode.BPF_LD -> instruction.isWide() ? 0 : (1 << 6) | indexRegister(instruction);
            case Opcode.BPF_LDX -> source;
            case Opcode.BPF_ST -> destination;
            case Opcode.BPF_STX -> readByStore(instruction);
            case Opcode.BPF_ALU, Opcode.BPF_ALU64 -> readByArithmetic(instruction);
            case Opcode.BPF_JMP, Opcode.BPF_JMP32 -> readByJump(instruction);
            default -> ALL;
        };
    }

    private static int indexRegister(Instruction instruction) {
        return (instruction.opcode() & 0xe0) == Opcode.BPF_IND ? 1 << instruction.srcReg() : 0;
    }

    private static int readByStore(Instruction instruction) {
        int source = 1 << instruction.srcReg();
        if (isAtomic(instruction) && instruction.imm() == Opcode.BPF_LOAD_ACQ) {
            return source;
        }
        int both = 1 << instruction.dstReg() | source;
        return isAtomic(instruction) && instruction.imm() == Opcode.BPF_CMPXCHG ? both | 1 : both;
    }

    private static int readByArithmetic(Instruction instruction) {
        int destination = 1 << instruction.dstReg();
        int operation = instruction.opcode() & 0xf0;
        boolean unary = operation == Opcode.BPF_END || operation == Opcode.BPF_NEG;
        int source = !unary && (instruction.opcode() & Opcode.BPF_X) != 0 ? 1 << instruction.srcReg() : 0;
        return operation == Opcode.BPF_MOV ? source : destination | source;
    }

    private int readByJump(Instruction instruction) {
        return switch (instruction.opcode() & 0xf0) {
            case Opcode.BPF_JA, Opcode.BPF_JCOND -> 0;
            case Opcode.BPF_EXIT -> 1;
            case Opcode.BPF_CALL -> {
                int count = instruction.srcReg() == 0 ? helperArguments.applyAsInt(instruction.imm()) : 5;
                yield ((1 << count) - 1) << 1;
            }
            default -> {
                int source = (instruction.opcode() & Opcode.BPF_X) != 0 ? 1 << instruction.srcReg() : 0;
                yield 1 << instruction.dstReg() | source;
            }
        };
    }
}
