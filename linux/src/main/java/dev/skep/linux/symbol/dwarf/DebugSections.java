package dev.skep.linux.symbol.dwarf;

import dev.skep.linux.symbol.CheckedBytes;
import dev.skep.linux.symbol.ElfBinary;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The sections of a file that have debugging information, as they were before they were compressed. */
record DebugSections(
        CheckedBytes info,
        CheckedBytes abbreviations,
        CheckedBytes texts,
        CheckedBytes lineTexts,
        CheckedBytes textOffsets) {
    private static final int HEADER = 24; // Elf64_Chdr
    private static final int ELFCOMPRESS_ZLIB = 1;
    /** The largest debugging files, those of browsers, have some gigabytes in all, and are not read. */
    private static final long MOST = 1L << 30;
    /** What zlib makes of a byte at the most: a header that says more is not believed. */
    private static final long MOST_OF_A_BYTE = 1032;
    /** {@code sh_type} of a section whose bytes are in another file. */
    private static final int SHT_NOBITS = 8;

    /** Those of a file; empty if it has none, or is compressed in a way that is not known here. */
    static Optional<DebugSections> of(ElfBinary binary) {
        Optional<CheckedBytes> info = content(binary, ".debug_info");
        Optional<CheckedBytes> abbreviations = content(binary, ".debug_abbrev");
        if (info.isEmpty() || abbreviations.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new DebugSections(
                info.get(),
                abbreviations.get(),
                text(binary, ".debug_str"),
                text(binary, ".debug_line_str"),
                text(binary, ".debug_str_offsets")));
    }

    private static CheckedBytes text(ElfBinary binary, String name) {
        return content(binary, name)
                .orElseGet(
                        () -> new CheckedBytes(MemorySegment.ofArray(new byte[0]), dev.skep.object.Location.in(name)));
    }

    private static Optional<CheckedBytes> content(ElfBinary binary, String name) {
        return binary.section(name)
                .filter(section -> section.type() != SHT_NOBITS)
                .flatMap(section -> {
                    CheckedBytes content = binary.content(section);
                    return section.compressed() ? expanded(content) : Optional.of(content);
                });
    }

    private static Optional<CheckedBytes> expanded(CheckedBytes content) {
        long size = content.u64(8);
        if (content.u32(0) != ELFCOMPRESS_ZLIB || size > MOST) {
            return Optional.empty();
        }
        if (size < 0 || size / MOST_OF_A_BYTE > content.size()) {
            throw content.corrupt(8, content.size() + " compressed bytes cannot be " + Long.toUnsignedString(size));
        }
        byte[] packed = content.bytes(HEADER, Math.toIntExact(content.size() - HEADER));
        byte[] plain = new byte[(int) size];
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(packed);
            int made = 0;
            while (made < plain.length) {
                int more = inflater.inflate(plain, made, plain.length - made);
                if (more == 0) {
                    throw content.corrupt(0, "less is compressed than is said");
                }
                made += more;
            }
        } catch (DataFormatException e) {
            throw content.corrupt(0, "what is compressed cannot be read");
        }
        return Optional.of(new CheckedBytes(MemorySegment.ofArray(plain), content.where()));
    }
}
