package dev.skep.object.elf;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skep.object.Bytes;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads one file for {@link ElfFile#read}. All arithmetic on offsets is in 64 bits, so that nothing can wrap. */
final class ElfReader {
    private static final String TRUNCATED = "the file is truncated or corrupt: compile or copy it again";
    private static final String CORRUPT = "the file is corrupt: compile it again";

    /** Longer names mean a forged string table; C++ and Rust reach some hundreds of characters. */
    private static final int LONGEST_NAME = 4096;

    private final ByteBuffer file;
    private final Location where;

    /**
     * Names may overlap in a string table, so that a small file could ask for many long ones; together they may not take
     * more than this.
     */
    private long nameBudget;

    /** {@code Elf64_Shdr}. */
    private record Header(
            int name,
            int type,
            long flags,
            long offset,
            long size,
            int link,
            int info,
            long alignment,
            long entrySize) {}

    ElfReader(byte[] file, Location where) {
        this.file = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        this.where = where;
        this.nameBudget = 16L * file.length;
    }

    ElfFile read() {
        FileKind.ofForeign(file.array())
                .or(() -> FileKind.ofForeignElf(file.array()))
                .ifPresent(kind -> {
                    throw new InputException(where, "not a BPF object: the file is " + kind.what(), kind.advice());
                });
        List<Header> headers = headers();
        checkContentsAreDisjoint(headers);
        List<String> names = sectionNames(headers);
        List<Symbol> symbols = symbols(headers);
        List<Section> sections = new ArrayList<>();
        List<List<Relocation>> relocations = relocations(headers, names, symbols.size());
        for (int i = 0; i < headers.size(); i++) {
            Header h = headers.get(i);
            sections.add(new Section(
                    i,
                    names.get(i),
                    h.type,
                    h.flags,
                    h.link,
                    h.info,
                    h.alignment,
                    h.entrySize,
                    h.size,
                    content(h),
                    relocations.get(i)));
        }
        return new ElfFile(where, sections, symbols);
    }

    private List<Header> headers() {
        long table = file.getLong(40);
        int entrySize = file.getShort(58) & 0xffff;
        long count = file.getShort(60) & 0xffff;
        if (table == 0) {
            throw new InputException(where, "the object has no sections", "was it stripped of its section headers?");
        }
        if (entrySize != Elf64.SECTION_HEADER_SIZE) {
            throw corrupt(58, "section headers are said to be " + entrySize + " bytes long instead of 64");
        }
        require(table, Elf64.SECTION_HEADER_SIZE, "the section header table");
        if (count == 0) {
            // More than 65,279 sections: the number stands in the null section's header.
            count = file.getLong((int) table + 32);
        }
        if (count < 1 || count > file.capacity() / Elf64.SECTION_HEADER_SIZE) {
            throw corrupt(60, "the file is said to have " + Long.toUnsignedString(count) + " sections");
        }
        require(table, count * Elf64.SECTION_HEADER_SIZE, "the table of " + count + " section headers");
        List<Header> headers = new ArrayList<>((int) count);
        for (int i = 0; i < count; i++) {
            headers.add(header((int) table + i * Elf64.SECTION_HEADER_SIZE, i));
        }
        return headers;
    }

    private Header header(int at, int index) {
        Header header = new Header(
                file.getInt(at),
                file.getInt(at + 4),
                file.getLong(at + 8),
                file.getLong(at + 24),
                index == 0 ? 0 : file.getLong(at + 32),
                file.getInt(at + 40),
                file.getInt(at + 44),
                file.getLong(at + 48),
                file.getLong(at + 56));
        if (header.size < 0) {
            throw corrupt(at + 32L, "section " + index + " has an impossible size");
        }
        if (hasContent(header)) {
            require(header.offset, header.size, "section " + index);
        }
        return header;
    }

    private static boolean hasContent(Header h) {
        return h.type != Elf64.SHT_NULL && h.type != Elf64.SHT_NOBITS && h.size > 0;
    }

    /** Sections that share bytes would let a small file ask for any amount of memory. */
    private void checkContentsAreDisjoint(List<Header> headers) {
        List<Header> byOffset = headers.stream()
                .filter(ElfReader::hasContent)
                .sorted(Comparator.comparingLong(Header::offset))
                .toList();
        long end = 0;
        for (Header h : byOffset) {
            if (h.offset < end) {
                throw corrupt(h.offset, "two sections overlap");
            }
            end = h.offset + h.size;
        }
    }

    private Bytes content(Header h) {
        return hasContent(h) ? Bytes.of(file.array(), (int) h.offset, (int) h.size) : Bytes.EMPTY;
    }

    private List<String> sectionNames(List<Header> headers) {
        int index = file.getShort(62) & 0xffff;
        if (index == Elf64.SHN_XINDEX) {
            index = headers.getFirst().link;
        }
        Header table = stringTable(headers, index, "section names");
        List<String> names = new ArrayList<>(headers.size());
        for (int i = 0; i < headers.size(); i++) {
            names.add(i == 0 ? "" : string(table, headers.get(i).name, "the name of section " + i));
        }
        return names;
    }

    private List<Symbol> symbols(List<Header> headers) {
        List<Integer> tables = new ArrayList<>();
        for (int i = 0; i < headers.size(); i++) {
            if (headers.get(i).type == Elf64.SHT_SYMTAB) {
                tables.add(i);
            }
        }
        if (tables.isEmpty()) {
            return List.of();
        }
        if (tables.size() > 1) {
            throw corrupt(headers.get(tables.get(1)).offset, "the file has more than one symbol table");
        }
        Header table = headers.get(tables.getFirst());
        if (table.entrySize != Elf64.SYMBOL_SIZE || table.size % Elf64.SYMBOL_SIZE != 0) {
            throw corrupt(table.offset, "the symbol table does not consist of 24-byte symbols");
        }
        Header strings = stringTable(headers, table.link, "symbol names");
        int count = (int) (table.size / Elf64.SYMBOL_SIZE);
        List<Symbol> symbols = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            symbols.add(symbol(i, (int) table.offset + i * Elf64.SYMBOL_SIZE, strings, headers, tables.getFirst()));
        }
        return symbols;
    }

    private Symbol symbol(int index, int at, Header strings, List<Header> headers, int table) {
        int info = file.get(at + 4) & 0xff;
        int other = file.get(at + 5) & 0xff;
        int section = file.getShort(at + 6) & 0xffff;
        if (section == Elf64.SHN_XINDEX) {
            section = extendedSectionIndex(headers, table, index);
        } else if (section < Elf64.SHN_LORESERVE && section >= headers.size()) {
            throw corrupt(
                    at + 6L, "symbol " + index + " is said to lie in section " + section + " of " + headers.size());
        }
        String name = string(strings, file.getInt(at), "the name of symbol " + index);
        return new Symbol(
                index, name, file.getLong(at + 8), file.getLong(at + 16), info >> 4, info & 0xf, other & 0x3, section);
    }

    private int extendedSectionIndex(List<Header> headers, int table, int symbol) {
        for (Header h : headers) {
            if (h.type == Elf64.SHT_SYMTAB_SHNDX && h.link == table && symbol < h.size / 4) {
                int section = file.getInt((int) h.offset + symbol * 4);
                if (section > 0 && section < headers.size()) {
                    return section;
                }
            }
        }
        throw new InputException(where, "symbol " + symbol + " has no valid extended section index", CORRUPT);
    }

    private List<List<Relocation>> relocations(List<Header> headers, List<String> names, int symbolCount) {
        List<List<Relocation>> bySection = new ArrayList<>();
        headers.forEach(h -> bySection.add(new ArrayList<>()));
        for (int i = 0; i < headers.size(); i++) {
            Header h = headers.get(i);
            if (h.type != Elf64.SHT_REL && h.type != Elf64.SHT_RELA) {
                continue;
            }
            if (h.info <= 0 || h.info >= headers.size()) {
                throw corrupt(
                        h.offset, "relocations in section " + i + " apply to section " + h.info + ", which is none");
            }
            String target = names.get(h.info);
            if (Section.isDebug(target) || target.equals(".BTF") || target.equals(".BTF.ext")) {
                continue;
            }
            if (h.type == Elf64.SHT_RELA) {
                throw new InputException(
                        where.section(names.get(i)),
                        "relocations with explicit addends (SHT_RELA), which BPF objects do not use",
                        "compile with clang's or GCC's BPF target");
            }
            readRelocations(h, names.get(i), symbolCount, bySection.get(h.info));
        }
        bySection.forEach(list -> list.sort(Comparator.comparingLong(Relocation::offset)));
        return bySection;
    }

    private void readRelocations(Header h, String name, int symbolCount, List<Relocation> into) {
        if (h.entrySize != Elf64.REL_SIZE || h.size % Elf64.REL_SIZE != 0) {
            throw corrupt(h.offset, "section " + name + " does not consist of 16-byte relocations");
        }
        for (long at = h.offset; at < h.offset + h.size; at += Elf64.REL_SIZE) {
            long info = file.getLong((int) at + 8);
            long symbol = info >>> 32;
            if (symbol >= symbolCount) {
                throw corrupt(at, "a relocation refers to symbol " + symbol + " of " + symbolCount);
            }
            into.add(new Relocation(file.getLong((int) at), (int) info, (int) symbol));
        }
    }

    private Header stringTable(List<Header> headers, int index, String of) {
        if (index <= 0 || index >= headers.size() || headers.get(index).type != Elf64.SHT_STRTAB) {
            throw new InputException(
                    where, "the table of " + of + " (section " + index + ") is no string table", CORRUPT);
        }
        return headers.get(index);
    }

    private String string(Header table, int at, String what) {
        long start = Integer.toUnsignedLong(at);
        if (start >= table.size) {
            throw corrupt(table.offset, what + " lies outside the string table");
        }
        int from = (int) (table.offset + start);
        int limit = (int) Math.min(table.offset + table.size, (long) from + LONGEST_NAME + 1);
        int end = from;
        while (end < limit && file.get(end) != 0) {
            end++;
        }
        nameBudget -= end - from;
        if (end == limit || nameBudget < 0) {
            throw corrupt(from, what + (nameBudget < 0 ? " is one long name too many" : " does not end"));
        }
        return new String(file.array(), from, end - from, UTF_8);
    }

    private void require(long offset, long length, String what) {
        if (offset < 0 || offset > file.capacity() || length > file.capacity() - offset) {
            String problem = what + " (offset 0x" + Long.toHexString(offset) + ", " + length
                    + " bytes) reaches beyond the end of the file, which has " + file.capacity() + " bytes";
            throw new InputException(where, problem, TRUNCATED);
        }
    }

    private InputException corrupt(long at, String problem) {
        return new InputException(where.at(at), problem, CORRUPT);
    }
}
