package dev.skep.bench.vm;

import dev.skep.object.instruction.Opcode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/** Made-up code of any length, nearly all of which every run executes: arithmetic, the stack, and jumps over an instruction. */
final class LargeProgram {
    private static final int REGISTERS = 10;
    private static final int STACK_SLOTS = 8;
    private static final int[] ARITHMETIC = {
        Opcode.BPF_ADD, Opcode.BPF_SUB, Opcode.BPF_XOR, Opcode.BPF_OR, Opcode.BPF_MUL, Opcode.BPF_MOV
    };
    private static final int[] CONDITIONS = {Opcode.BPF_JEQ, Opcode.BPF_JGT, Opcode.BPF_JSET, Opcode.BPF_JSLT};

    private final SplittableRandom random = new SplittableRandom(7);
    private final ByteBuffer code;

    private LargeProgram(int instructions) {
        code = ByteBuffer.allocate(Math.multiplyExact(Long.BYTES, instructions)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** @param instructions how many, at least 32 */
    static byte[] of(int instructions) {
        LargeProgram program = new LargeProgram(instructions);
        program.begin();
        while (program.code.remaining() > 2 * Long.BYTES) {
            program.addRandom();
        }
        program.end();
        return program.code.array();
    }

    private void add(int opcode, int dst, int src, int offset, int imm) {
        code.putLong(
                (opcode & 0xffL) | (long) dst << 8 | (long) src << 12 | (offset & 0xffffL) << 16 | (long) imm << 32);
    }

    private void begin() {
        for (int register = 0; register < REGISTERS; register++) {
            add(Opcode.BPF_ALU64 | Opcode.BPF_MOV | Opcode.BPF_K, register, 0, 0, random.nextInt());
        }
        for (int slot = 1; slot <= STACK_SLOTS; slot++) {
            add(Opcode.BPF_STX | Opcode.BPF_MEM | Opcode.BPF_DW, REGISTERS, slot, -8 * slot, 0);
        }
    }

    private void addRandom() {
        int dst = random.nextInt(REGISTERS);
        int src = random.nextInt(REGISTERS);
        int stack = -8 * (1 + random.nextInt(STACK_SLOTS));
        switch (random.nextInt(8)) {
            case 0 -> add(Opcode.BPF_LDX | Opcode.BPF_MEM | Opcode.BPF_DW, dst, REGISTERS, stack, 0);
            case 1 -> add(Opcode.BPF_STX | Opcode.BPF_MEM | Opcode.BPF_DW, REGISTERS, src, stack, 0);
            case 2 -> add(Opcode.BPF_JMP | pick(CONDITIONS) | Opcode.BPF_X, dst, src, 1, 0);
            case 3 -> add(Opcode.BPF_ALU | pick(ARITHMETIC) | Opcode.BPF_K, dst, 0, 0, random.nextInt());
            default -> add(Opcode.BPF_ALU64 | pick(ARITHMETIC) | Opcode.BPF_X, dst, src, 0, 0);
        }
    }

    private int pick(int[] from) {
        return from[random.nextInt(from.length)];
    }

    private void end() {
        add(Opcode.BPF_ALU64 | Opcode.BPF_MOV | Opcode.BPF_X, 0, 1, 0, 0);
        add(Opcode.EXIT, 0, 0, 0, 0);
    }
}
