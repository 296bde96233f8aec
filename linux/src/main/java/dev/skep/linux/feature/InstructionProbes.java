package dev.skep.linux.feature;

import static dev.skep.linux.feature.ProbeProgram.exit;
import static dev.skep.linux.feature.ProbeProgram.setRegister;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.ProgramType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Which instructions the verifier takes, and how many. */
final class InstructionProbes {
    /** {@code BPF_MAXINSNS} of linux/bpf_common.h, the limit of old kernels. */
    private static final int OLD_LIMIT = 4096;

    private static final Instruction DOUBLE_WORD_ON_STACK =
            Instruction.of(Opcode.BPF_ST | Opcode.BPF_MEM | Opcode.BPF_DW, 10, 0, -8, 0);

    private InstructionProbes() {}

    private static Support accepts(Instruction... code) {
        return ProbeProgram.of(ProgramType.SOCKET_FILTER, code).tryToLoad().support();
    }

    static Support functionCall() {
        return accepts(Instruction.of(Opcode.CALL, 0, Opcode.BPF_PSEUDO_CALL, 0, 1), exit(), setRegister(0, 0), exit());
    }

    static Support largeProgram() {
        List<Instruction> code = new ArrayList<>(Collections.nCopies(OLD_LIMIT, setRegister(0, 0)));
        code.add(exit());
        return accepts(code.toArray(Instruction[]::new));
    }

    /** Counts r0 from 10 down to 0. */
    static Support boundedLoop() {
        return accepts(
                setRegister(0, 10),
                Instruction.of(Opcode.BPF_ALU64 | Opcode.BPF_SUB | Opcode.BPF_K, 0, 0, 0, 1),
                Instruction.of(Opcode.BPF_JMP | Opcode.BPF_JNE | Opcode.BPF_K, 0, 0, -2, 0),
                exit());
    }

    /** A loop that only {@code may_goto} leaves. */
    static Support mayGoto() {
        return accepts(
                setRegister(0, 0),
                Instruction.of(Opcode.MAY_GOTO, 0, 0, 1, 0),
                Instruction.of(Opcode.JA, 0, 0, -2, 0),
                exit());
    }

    static Support jumpOnLess() {
        return accepts(
                setRegister(0, 0), Instruction.of(Opcode.BPF_JMP | Opcode.BPF_JLT | Opcode.BPF_K, 0, 0, 0, 1), exit());
    }

    static Support narrowJump() {
        return accepts(
                setRegister(0, 0),
                Instruction.of(Opcode.BPF_JMP32 | Opcode.BPF_JLT | Opcode.BPF_K, 0, 0, 0, 1),
                exit());
    }

    static Support fetchingAtomic() {
        return accepts(
                DOUBLE_WORD_ON_STACK,
                setRegister(0, 1),
                Instruction.of(
                        Opcode.BPF_STX | Opcode.BPF_ATOMIC | Opcode.BPF_DW,
                        10,
                        0,
                        -8,
                        Opcode.BPF_ADD | Opcode.BPF_FETCH),
                exit());
    }

    /** {@code r0 = (s8)r0}: a move whose offset is the width. */
    static Support signExtension() {
        return accepts(
                setRegister(0, 0),
                Instruction.of(Opcode.BPF_ALU64 | Opcode.BPF_MOV | Opcode.BPF_X, 0, 0, Byte.SIZE, 0),
                exit());
    }

    static Support loadAcquire() {
        return accepts(
                DOUBLE_WORD_ON_STACK,
                Instruction.of(Opcode.BPF_STX | Opcode.BPF_ATOMIC | Opcode.BPF_DW, 0, 10, -8, Opcode.BPF_LOAD_ACQ),
                exit());
    }
}
