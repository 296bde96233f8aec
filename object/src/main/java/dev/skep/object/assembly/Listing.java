package dev.skep.object.assembly;

import dev.skep.object.Bytes;
import dev.skep.object.instruction.Disassembler;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.instruction.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Writes sections of code as {@code llvm-objdump -d FILE} does: a heading for the file, each section and each symbol, and a
 * line for each instruction with its number, bytes and text.
 *
 * <p>Byte for byte the output of LLVM 19 and 22 for the same sections, with the exceptions named at {@link Disassembler}.
 * Any bytes can be listed: runs of zeros are shown as {@code ...}, bytes that are no whole instruction one by one as
 * {@code <unknown>}, those of data symbols in hexadecimal.
 */
public final class Listing {
    private static final Comparator<ListedSection.Symbol> BY_ADDRESS = Comparator.<ListedSection.Symbol>comparingLong(
                    ListedSection.Symbol::offset)
            .thenComparing(ListedSection.Symbol::name);

    private final Options options;
    private final ListedSection section;
    private final byte[] code;
    private final List<ListedSection.Symbol> symbols;
    private final StringBuilder out;
    private int nextRelocation;

    private Listing(ListedSection section, Options options, StringBuilder out) {
        this.options = options;
        this.section = section;
        this.code = section.code().toArray();
        this.symbols = sorted(section);
        this.out = out;
    }

    /**
     * How to list.
     *
     * @param style of the instructions' texts
     * @param rawBytes show the encoded bytes too ({@code --show-raw-insn}, llvm-objdump's default)
     * @param relocations show relocations below the instructions they change ({@code -r})
     */
    public record Options(TextStyle style, boolean rawBytes, boolean relocations) {
        /** As {@code llvm-objdump-19 -d}. */
        public static final Options DEFAULT = new Options(TextStyle.LLVM, true, false);
    }

    /**
     * The whole listing of a file, ending in a newline.
     *
     * @param file the file's name as the user gave it
     * @param sections the sections with code, in the file's order; empty ones are left out
     */
    public static String of(String file, List<ListedSection> sections, Options options) {
        StringBuilder out = new StringBuilder();
        out.append('\n').append(file).append(":\tfile format elf64-bpf\n");
        for (ListedSection section : sections) {
            if (section.code().length() > 0) {
                out.append("\nDisassembly of section ").append(section.name()).append(":\n");
                new Listing(section, options, out).list();
            }
        }
        return out.toString();
    }

    /** By address, then name; with the section's own name at its start if no symbol is there. */
    private static List<ListedSection.Symbol> sorted(ListedSection section) {
        List<ListedSection.Symbol> symbols = new ArrayList<>(section.symbols());
        symbols.sort(BY_ADDRESS);
        if (symbols.isEmpty() || symbols.getFirst().offset() != 0) {
            symbols.addFirst(new ListedSection.Symbol(section.name(), 0, false));
        }
        return symbols;
    }

    private void list() {
        int first = 0;
        while (first < symbols.size() && Long.compareUnsigned(symbols.get(first).offset(), code.length) < 0) {
            long start = symbols.get(first).offset();
            int next = first;
            while (next < symbols.size() && symbols.get(next).offset() == start) {
                next++;
            }
            long end = next < symbols.size() ? Math.min(symbols.get(next).offset(), code.length) : code.length;
            listSymbol(shown(symbols.subList(first, next)), (int) end);
            first = next;
        }
    }

    /** Of symbols at one place the last that names code, or the last of all. */
    private static ListedSection.Symbol shown(List<ListedSection.Symbol> aliases) {
        return aliases.reversed().stream()
                .filter(symbol -> !symbol.data())
                .findFirst()
                .orElse(aliases.getLast());
    }

    private void listSymbol(ListedSection.Symbol symbol, int end) {
        int start = (int) symbol.offset();
        out.append("\n%016x <%s>:\n".formatted(start, symbol.name()));
        if (symbol.data()) {
            listData(start, end);
        } else {
            listCode(start, end);
        }
    }

    private void listCode(int start, int end) {
        int at = start;
        while (at < end) {
            int zeros = skippableZeros(at, Math.min(end, zerosEnd(at, end)));
            if (zeros > 0) {
                out.append("\t\t...\n");
                at += zeros;
            } else {
                at += listInstruction(at);
            }
            listRelocations(at);
        }
    }

    /** Zeros that a relocation fills in are shown where relocations are. */
    private int zerosEnd(int at, int end) {
        if (!options.relocations || nextRelocation == section.relocations().size()) {
            return end;
        }
        return (int) Math.max(
                at, Math.min(end, section.relocations().get(nextRelocation).offset()));
    }

    /** The number of zero bytes to leave out at {@code at}: all of them, to a multiple of four, if there are eight or more. */
    private int skippableZeros(int at, int end) {
        int zeros = 0;
        while (at + zeros < end && code[at + zeros] == 0) {
            zeros++;
        }
        return zeros < 8 ? 0 : zeros & ~3;
    }

    /** Lists what is at {@code at}. @return the number of bytes it takes */
    private int listInstruction(int at) {
        boolean whole = code.length - at >= 8 && (!isWideAt(at) || code.length - at >= 16);
        if (!whole) {
            appendLine(at, 1, Disassembler.UNKNOWN);
            return 1;
        }
        Instruction instruction = EncodedSlots.decode(code, at);
        String text = Disassembler.text(instruction, options.style);
        if (options.style == TextStyle.EXACT && !EncodedSlots.isFaithful(code, at)) {
            text = EncodedSlots.raw(Bytes.of(code, at, 16));
        }
        int size = text.equals(Disassembler.UNKNOWN) ? 8 : 8 * instruction.slots();
        appendLine(at, size, text + target(instruction, text, at));
        return size;
    }

    private boolean isWideAt(int at) {
        return code[at] == Opcode.LDDW;
    }

    private void appendLine(int at, int size, String text) {
        out.append(String.format(Locale.ROOT, "%8d:\t", at / 8));
        if (options.rawBytes) {
            for (int i = 0; i < size; i++) {
                out.append(i == 0 ? "" : " ").append("%02x".formatted(code[at + i]));
            }
            out.append('\t');
        }
        out.append(text).append('\n');
    }

    /** {@code " <symbol+0x10>"} for a jump, else "". */
    private String target(Instruction instruction, String text, int at) {
        if (!isJump(instruction, text)) {
            return "";
        }
        long distance = instruction.opcode() == Opcode.GOTOL ? instruction.imm() : instruction.offset();
        long target = at + 8 + 8 * distance;
        ListedSection.Symbol nearest = symbols.getFirst();
        for (ListedSection.Symbol symbol : symbols) {
            if (Long.compareUnsigned(symbol.offset(), target) <= 0) {
                nearest = symbol;
            }
        }
        long beyond = target - nearest.offset();
        return " <" + nearest.name() + (beyond == 0 ? "" : "+0x" + Long.toHexString(beyond)) + ">";
    }

    private static boolean isJump(Instruction instruction, String text) {
        int instructionClass = instruction.instructionClass();
        return (instructionClass == Opcode.BPF_JMP || instructionClass == Opcode.BPF_JMP32) && text.contains("goto");
    }

    private void listRelocations(int end) {
        List<ListedSection.Relocation> all = section.relocations();
        while (nextRelocation < all.size() && all.get(nextRelocation).offset() < end) {
            ListedSection.Relocation relocation = all.get(nextRelocation++);
            if (options.relocations) {
                out.append(
                        "\t\t%016x:  %s\t%s\n".formatted(relocation.offset(), relocation.type(), relocation.symbol()));
            }
        }
    }

    private void listData(int start, int end) {
        for (int line = start; line < end; line += 8) {
            out.append("%8x:".formatted(line));
            StringBuilder characters = new StringBuilder();
            for (int at = line; at < Math.min(end, line + 8); at++) {
                out.append(" %02x".formatted(code[at]));
                characters.append(code[at] >= ' ' && code[at] <= '~' ? (char) code[at] : '.');
            }
            out.append("   ".repeat(8 - characters.length()))
                    .append("         ")
                    .append(characters)
                    .append('\n');
        }
    }
}
