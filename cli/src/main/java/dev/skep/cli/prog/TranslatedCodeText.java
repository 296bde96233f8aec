package dev.skep.cli.prog;

import dev.skep.linux.info.ProgramCode;
import dev.skep.object.instruction.Disassembler;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.program.FunctionSpec.Line;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;

/** Prints a program's instructions as the verifier left them: functions, source lines, a line for each instruction. */
final class TranslatedCodeText {
    private static final int SLOT_SIZE = 8;

    private final ProgramCode code;
    private final boolean raw;
    private final boolean source;
    private final PrintWriter out;

    TranslatedCodeText(ProgramCode code, boolean raw, boolean source, PrintWriter out) {
        this.code = code;
        this.raw = raw;
        this.source = source;
        this.out = out;
    }

    void print() {
        Deque<ProgramCode.Function> functions = new ArrayDeque<>(code.functions());
        Deque<Line> lines = new ArrayDeque<>(code.lines());
        byte[] bytes = code.translated().encode();
        int slot = 0;
        for (Instruction instruction : code.translated()) {
            while (!functions.isEmpty() && functions.peek().slot() <= slot) {
                out.println(functions.pop().name() + ":");
            }
            while (!lines.isEmpty() && lines.peek().slot() <= slot) {
                printSource(lines.pop());
            }
            out.printf("%6d:  %s%s%n", slot, hex(bytes, slot, instruction), text(instruction));
            slot += instruction.slots();
        }
    }

    private void printSource(Line line) {
        if (source && !line.text().isBlank()) {
            out.println("; " + line.text().strip() + " @ " + line.file() + ":" + line.line());
        }
    }

    private String hex(byte[] bytes, int slot, Instruction instruction) {
        if (!raw) {
            return "";
        }
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < SLOT_SIZE * instruction.slots(); i++) {
            hex.append("%02x ".formatted(bytes[SLOT_SIZE * slot + i]));
        }
        return hex.append(' ').toString();
    }

    /** The verifier's own instructions, which no program may have, keep LLVM's word for the unknown and show their bytes. */
    static String text(Instruction instruction) {
        return instruction.isWide() && instruction.srcReg() != 0
                ? mapReference(instruction)
                : Disassembler.text(instruction);
    }

    /** {@code BPF_PSEUDO_MAP_FD} and {@code BPF_PSEUDO_MAP_VALUE} of linux/bpf.h, with the map's id in place of a descriptor. */
    private static String mapReference(Instruction instruction) {
        String register = "r" + instruction.dstReg() + " = ";
        return switch (instruction.srcReg()) {
            case 1, 5 -> register + "map[id:" + instruction.imm() + "]";
            case 2, 6 -> register + "map[id:" + instruction.imm() + "][0]+" + instruction.nextImm();
            case 4 -> register + "function[" + instruction.imm() + "]";
            default -> Disassembler.text(instruction);
        };
    }
}
