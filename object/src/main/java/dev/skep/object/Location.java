package dev.skep.object;

import java.util.StringJoiner;

/**
 * Where in the input something was found. Every part but {@link #source} may be absent (empty string or -1).
 *
 * @param source what was being read, as the user named it: a file path, {@code "<stdin>"}, an object's name
 * @param section the ELF section, or ""
 * @param offset byte offset within the section, or within the file where no section is named; -1 if not known
 * @param instruction instruction index in 8-byte slots within the function; -1 if none is meant
 * @param line the source line as {@code file.c:12:7}, or ""
 */
public record Location(String source, String section, long offset, int instruction, String line) {

    /** Somewhere in {@code source}. */
    public static Location in(String source) {
        return new Location(source, "", -1, -1, "");
    }

    /** The same place, at a byte offset. */
    public Location at(long byteOffset) {
        return new Location(source, section, byteOffset, instruction, line);
    }

    /** The same place, within a section. */
    public Location section(String name) {
        return new Location(source, name, offset, instruction, line);
    }

    /** The same place, at an instruction slot. */
    public Location instruction(int slot) {
        return new Location(source, section, offset, slot, line);
    }

    /** The same place, with the line of the program's source. */
    public Location line(String sourceLine) {
        return new Location(source, section, offset, instruction, sourceLine);
    }

    /** For example {@code firewall.o: section xdp, offset 0x40, instruction 8 (firewall.c:31:9)}. */
    @Override
    public String toString() {
        StringJoiner parts = new StringJoiner(", ");
        if (!section.isEmpty()) {
            parts.add("section " + section);
        }
        if (offset >= 0) {
            parts.add("offset 0x" + Long.toHexString(offset));
        }
        if (instruction >= 0) {
            parts.add("instruction " + instruction);
        }
        String text = parts.length() == 0 ? source : source + ": " + parts;
        return line.isEmpty() ? text : text + " (" + line + ")";
    }
}
