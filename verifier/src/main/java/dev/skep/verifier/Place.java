package dev.skep.verifier;

import java.util.OptionalInt;

/**
 * A place in a program: an instruction, and the source line it was compiled from as far as the line information tells.
 *
 * @param instruction the instruction's slot in the program put together; -1 if the program as a whole is meant
 * @param function name of the function, "" if not known
 * @param file the source file, "" if there is no line information
 * @param line 1-based, 0 if not known
 * @param column 1-based, 0 if not known
 * @param text the source line as written, "" if not recorded
 */
public record Place(int instruction, String function, String file, int line, int column, String text) {
    /** The program as a whole. */
    public static final Place PROGRAM = new Place(-1, "", "", 0, 0, "");

    /** An instruction without line information. */
    public static Place at(int instruction, String function) {
        return new Place(instruction, function, "", 0, 0, "");
    }

    /** True if a source line is known. */
    public boolean hasLine() {
        return line > 0;
    }

    /** The instruction's slot, if one is meant. */
    public OptionalInt slot() {
        return instruction < 0 ? OptionalInt.empty() : OptionalInt.of(instruction);
    }

    /** True if both are the same line of the same file. */
    public boolean isSameLine(Place other) {
        return hasLine() && line == other.line && file.equals(other.file);
    }

    /** For example {@code firewall.c:31:9}, {@code instruction 12} without line information. */
    @Override
    public String toString() {
        if (hasLine()) {
            return file + ":" + line + (column > 0 ? ":" + column : "");
        }
        return instruction < 0 ? "the program" : "instruction " + instruction;
    }
}
