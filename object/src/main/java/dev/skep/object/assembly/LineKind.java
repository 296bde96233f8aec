package dev.skep.object.assembly;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a line is: assembly, or a heading or note of a pasted listing. */
sealed interface LineKind {
    Pattern FILE = Pattern.compile("\\S.*:\\s+file format \\S+\\s*");
    Pattern SECTION = Pattern.compile("Disassembly of section (\\S+):\\s*");
    Pattern SYMBOL = Pattern.compile("[0-9a-f]{16} <(\\S+)>:\\s*");
    Pattern RELOCATION = Pattern.compile("\\s*[0-9a-f]{16}:\\s+R_BPF_\\w+\\s+(\\S+)\\s*");
    Pattern OMISSION = Pattern.compile("\\s*\\.\\.\\.\\s*");

    /** Nothing, or the listing's first line. */
    record Blank() implements LineKind {}

    /** {@code Disassembly of section xdp:}. */
    record SectionHeading(String name) implements LineKind {}

    /** {@code 0000000000000000 <prog>:}. */
    record SymbolHeading(Token name) implements LineKind {}

    /** {@code 0000000000000008:  R_BPF_64_64 map}: what the instruction above refers to. */
    record RelocationNote(Token symbol) implements LineKind {}

    /** {@code ...}: zero bytes that are not shown. */
    record Omission() implements LineKind {}

    /** Labels, a directive or an instruction. */
    record Assembly() implements LineKind {}

    static LineKind of(SourceLine line) {
        String code = line.code();
        if (line.statement().isEmpty() && line.encoded().isEmpty()) {
            return new Blank();
        }
        Matcher section = SECTION.matcher(code);
        if (section.matches()) {
            return new SectionHeading(section.group(1));
        }
        Matcher symbol = SYMBOL.matcher(code);
        if (symbol.matches()) {
            return new SymbolHeading(new Token(Token.Kind.NAME, symbol.group(1), symbol.start(1) + 1));
        }
        Matcher relocation = RELOCATION.matcher(code);
        if (relocation.matches()) {
            return new RelocationNote(new Token(Token.Kind.NAME, relocation.group(1), relocation.start(1) + 1));
        }
        if (FILE.matcher(code).matches()) {
            return new Blank();
        }
        return OMISSION.matcher(code).matches() ? new Omission() : new Assembly();
    }
}
