package dev.skep.object.elf;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skep.object.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts a relocatable BPF object together from sections, symbols and relocations. The symbol table, the string table and the
 * {@code .rel} sections are made here; local symbols come before the others, as ELF wants it.
 */
public final class ElfWriter {
    /** {@code SHF_INFO_LINK}: {@code sh_info} is a section's number. LLVM sets it on {@code .rel} sections. */
    private static final long SHF_INFO_LINK = 0x40;

    private static final int WORD = 8;

    private final List<NewSection> sections = new ArrayList<>();
    private final List<Symbol> symbols = new ArrayList<>();

    private record NewSection(
            String name,
            int type,
            long flags,
            long alignment,
            long entrySize,
            long size,
            Bytes content,
            List<Relocation> relocations) {}

    /** A section header as it will be written. */
    private record Header(
            String name, int type, long flags, long size, int link, int info, long alignment, long entrySize) {}

    /** A writer of an object without sections yet. */
    public ElfWriter() {
        section("", Elf64.SHT_NULL, 0, 0, 0, Bytes.EMPTY);
    }

    /** Adds a section with content. @return its index */
    public int section(String name, int type, long flags, long alignment, long entrySize, Bytes content) {
        sections.add(
                new NewSection(name, type, flags, alignment, entrySize, content.length(), content, new ArrayList<>()));
        return sections.size() - 1;
    }

    /** Adds a section of {@code size} zero bytes that take no room in the file ({@code SHT_NOBITS}). @return its index */
    public int zeroSection(String name, long flags, long alignment, long size) {
        sections.add(new NewSection(name, Elf64.SHT_NOBITS, flags, alignment, 0, size, Bytes.EMPTY, new ArrayList<>()));
        return sections.size() - 1;
    }

    /**
     * Adds a symbol; its {@code index} is ignored.
     *
     * @return a number for {@link #relocation}, which is not the index in the file
     */
    public int symbol(Symbol symbol) {
        symbols.add(symbol);
        return symbols.size() - 1;
    }

    /**
     * Adds a relocation to a section.
     *
     * @param symbol what {@link #symbol} returned
     */
    public void relocation(int section, long offset, int type, int symbol) {
        sections.get(section).relocations().add(new Relocation(offset, type, symbol));
    }

    /** The whole file. */
    public byte[] toBytes() {
        int[] order = orderOfSymbols();
        int[] indexBySymbol = new int[symbols.size()];
        int locals = 1;
        for (int i = 0; i < order.length; i++) {
            indexBySymbol[order[i]] = i + 1;
            locals += symbols.get(order[i]).isGlobal() ? 0 : 1;
        }
        int relocated =
                (int) sections.stream().filter(s -> !s.relocations().isEmpty()).count();
        int symbolTable = sections.size() + relocated;
        StringTable strings = new StringTable();
        List<Header> headers = new ArrayList<>();
        List<byte[]> contents = new ArrayList<>();
        for (NewSection s : sections) {
            headers.add(new Header(s.name(), s.type(), s.flags(), s.size(), 0, 0, s.alignment(), s.entrySize()));
            contents.add(s.content().toArray());
        }
        for (int i = 0; i < sections.size(); i++) {
            NewSection s = sections.get(i);
            if (!s.relocations().isEmpty()) {
                byte[] content = relocations(s.relocations(), indexBySymbol);
                headers.add(new Header(
                        ".rel" + s.name(),
                        Elf64.SHT_REL,
                        SHF_INFO_LINK,
                        content.length,
                        symbolTable,
                        i,
                        WORD,
                        Elf64.REL_SIZE));
                contents.add(content);
            }
        }
        byte[] table = symbolTable(order, strings);
        headers.add(new Header(
                ".symtab", Elf64.SHT_SYMTAB, 0, table.length, symbolTable + 1, locals, WORD, Elf64.SYMBOL_SIZE));
        contents.add(table);
        headers.forEach(h -> strings.offset(h.name()));
        byte[] text = strings.withName(".strtab");
        headers.add(new Header(".strtab", Elf64.SHT_STRTAB, 0, text.length, 0, 0, 1, 0));
        contents.add(text);
        return assemble(headers, contents, strings);
    }

    private int[] orderOfSymbols() {
        int[] order = new int[symbols.size()];
        int at = 0;
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < symbols.size(); i++) {
                if (symbols.get(i).isGlobal() == (pass == 1)) {
                    order[at++] = i;
                }
            }
        }
        return order;
    }

    private static byte[] relocations(List<Relocation> relocations, int[] indexBySymbol) {
        ByteBuffer out = buffer(relocations.size() * Elf64.REL_SIZE);
        for (Relocation r : relocations) {
            out.putLong(r.offset());
            out.putLong((long) indexBySymbol[r.symbol()] << 32 | r.type());
        }
        return out.array();
    }

    private byte[] symbolTable(int[] order, StringTable strings) {
        ByteBuffer out = buffer((order.length + 1) * Elf64.SYMBOL_SIZE);
        out.position(Elf64.SYMBOL_SIZE);
        for (int i : order) {
            Symbol s = symbols.get(i);
            out.putInt(strings.offset(s.name()));
            out.put((byte) (s.binding() << 4 | s.type()));
            out.put((byte) s.visibility());
            out.putShort((short) s.section());
            out.putLong(s.value());
            out.putLong(s.size());
        }
        return out.array();
    }

    private static byte[] assemble(List<Header> headers, List<byte[]> contents, StringTable strings) {
        long[] offsets = new long[headers.size()];
        long end = Elf64.HEADER_SIZE;
        for (int i = 1; i < headers.size(); i++) {
            long alignment = Math.max(1, headers.get(i).alignment());
            end = Math.ceilDiv(end, alignment) * alignment;
            offsets[i] = end;
            end += contents.get(i).length;
        }
        long table = Math.ceilDiv(end, WORD) * WORD;
        ByteBuffer out = buffer(Math.toIntExact(table + (long) headers.size() * Elf64.SECTION_HEADER_SIZE));
        putFileHeader(out, table, headers.size());
        for (int i = 0; i < headers.size(); i++) {
            Header h = headers.get(i);
            out.position((int) offsets[i]).put(contents.get(i));
            out.position((int) table + i * Elf64.SECTION_HEADER_SIZE);
            out.putInt(strings.offset(h.name()))
                    .putInt(h.type())
                    .putLong(h.flags())
                    .putLong(0);
            out.putLong(offsets[i]).putLong(h.size()).putInt(h.link()).putInt(h.info());
            out.putLong(h.alignment()).putLong(h.entrySize());
        }
        return out.array();
    }

    /** Writes {@code Elf64_Ehdr}. The string table, the last section, serves symbols and sections alike. */
    private static void putFileHeader(ByteBuffer out, long sectionTable, int sectionCount) {
        out.put(new byte[] {0x7f, 'E', 'L', 'F', Elf64.ELFCLASS64, Elf64.ELFDATA2LSB, 1});
        out.putShort(16, (short) Elf64.ET_REL)
                .putShort(18, (short) Elf64.EM_BPF)
                .putInt(20, 1);
        out.putLong(40, sectionTable);
        out.putShort(52, (short) Elf64.HEADER_SIZE).putShort(58, (short) Elf64.SECTION_HEADER_SIZE);
        out.putShort(60, (short) sectionCount).putShort(62, (short) (sectionCount - 1));
        out.position(0);
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Strings by first use, each once, each ended by a zero byte; the empty one first. */
    private static final class StringTable {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final Map<String, Integer> offsets = new HashMap<>();

        StringTable() {
            offset("");
        }

        int offset(String string) {
            return offsets.computeIfAbsent(string, added -> {
                int offset = bytes.size();
                bytes.writeBytes(added.getBytes(UTF_8));
                bytes.write(0);
                return offset;
            });
        }

        /** All strings, and the table's own name. */
        byte[] withName(String name) {
            offset(name);
            return bytes.toByteArray();
        }
    }
}
