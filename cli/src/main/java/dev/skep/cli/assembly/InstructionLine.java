package dev.skep.cli.assembly;

import dev.skep.object.instruction.Disassembler;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.TextStyle;
import java.util.HexFormat;
import java.util.Locale;

/** One line of a listing, in the columns of llvm-objdump. */
final class InstructionLine {
    private static final HexFormat SPACED = HexFormat.ofDelimiter(" ");

    private InstructionLine() {}

    /** @param code holds the instruction's bytes at {@code at}; empty to leave them out */
    static String of(int slot, Instruction instruction, TextStyle style, byte[] code, int at) {
        String number = String.format(Locale.ROOT, "%8d:\t", slot);
        String bytes = code.length == 0 ? "" : SPACED.formatHex(code, at, at + 8 * instruction.slots()) + "\t";
        return number + bytes + Disassembler.text(instruction, style);
    }
}
