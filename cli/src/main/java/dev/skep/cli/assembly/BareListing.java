package dev.skep.cli.assembly;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.instruction.TextStyle;
import java.io.PrintWriter;

/** Prints instructions that stand alone, a line for each: slot, bytes and text, as a listing of an object has them. */
final class BareListing {
    private final TextStyle style;
    private final boolean rawBytes;
    private final Location where;

    BareListing(TextStyle style, boolean rawBytes, Location where) {
        this.style = style;
        this.rawBytes = rawBytes;
        this.where = where;
    }

    /** @throws InputException if {@code code} is not a whole number of instructions */
    void print(byte[] code, PrintWriter out) {
        if (code.length == 0) {
            throw new InputException(where, "there are no instructions", "each has 8 bytes, lddw has 16");
        }
        int slot = 0;
        for (Instruction instruction : Instructions.decode(code, 0, code.length, where)) {
            printLine(out, slot, instruction, code);
            slot += instruction.slots();
        }
    }

    private void printLine(PrintWriter out, int slot, Instruction instruction, byte[] code) {
        out.print(InstructionLine.of(slot, instruction, style, rawBytes ? code : new byte[0], slot * 8));
        out.println();
    }
}
