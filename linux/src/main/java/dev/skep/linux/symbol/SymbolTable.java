package dev.skep.linux.symbol;

import dev.skep.object.elf.Elf64;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The functions that a binary names in {@code .dynsym} and, unless it is stripped, in {@code .symtab}. */
public final class SymbolTable {
    private static final int SHT_DYNSYM = 11;
    private static final int STT_GNU_IFUNC = 10;

    private final ElfBinary binary;
    private final SymbolVersions versions;

    /** Reads when asked; the binary stays open as long. */
    public SymbolTable(ElfBinary binary) {
        this.binary = binary;
        this.versions = SymbolVersions.of(binary);
    }

    /** Those called {@code name}, of all versions; each address once. */
    public List<FunctionSymbol> named(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        List<FunctionSymbol> found = new ArrayList<>();
        forEach(bytes, symbol -> {
            if (symbol.name().equals(name)
                    && found.stream()
                            .noneMatch(other -> other.address() == symbol.address()
                                    && (symbol.version().isEmpty()
                                            || other.version().equals(symbol.version())))) {
                found.add(symbol);
            }
        });
        return found;
    }

    /** All. A name can occur several times. */
    public List<FunctionSymbol> functions() {
        List<FunctionSymbol> found = new ArrayList<>();
        forEach(new byte[0], found::add);
        return found;
    }

    private void forEach(byte[] prefix, Consumer<FunctionSymbol> consumer) {
        // .dynsym comes first: its symbols have versions, which those of .symtab repeat without.
        binary.sections().stream()
                .filter(section -> section.type() == SHT_DYNSYM)
                .forEach(section -> read(section, prefix, consumer));
        binary.sections().stream()
                .filter(section -> section.type() == Elf64.SHT_SYMTAB)
                .forEach(section -> read(section, prefix, consumer));
    }

    private void read(ElfBinary.Section section, byte[] prefix, Consumer<FunctionSymbol> consumer) {
        CheckedBytes symbols = binary.content(section);
        CheckedBytes names = namesOf(binary, section);
        boolean dynamic = section.type() == SHT_DYNSYM;
        for (int i = 1; i < symbols.size() / Elf64.SYMBOL_SIZE; i++) {
            long at = (long) i * Elf64.SYMBOL_SIZE;
            int info = symbols.u8(at + 4);
            int type = info & 0xf;
            boolean defined = symbols.u16(at + 6) != Elf64.SHN_UNDEF;
            if (defined
                    && (type == Elf64.STT_FUNC || type == STT_GNU_IFUNC)
                    && names.startsWith(symbols.u32(at), prefix)) {
                // .symtab of a library has its versions in the names: memcpy@@GLIBC_2.14.
                String text = names.text(symbols.u32(at));
                int mark = text.indexOf('@');
                consumer.accept(new FunctionSymbol(
                        mark < 0 ? text : text.substring(0, mark),
                        dynamic ? versions.name(i) : mark < 0 ? "" : text.substring(text.lastIndexOf('@') + 1),
                        dynamic ? versions.isDefault(i) : mark < 0 || text.startsWith("@@", mark),
                        symbols.u64(at + 8),
                        symbols.u64(at + 16),
                        info >> 4 != Elf64.STB_LOCAL,
                        type == STT_GNU_IFUNC));
            }
        }
    }

    /** The section that has the texts for {@code section}. */
    static CheckedBytes namesOf(ElfBinary binary, ElfBinary.Section section) {
        if (section.link() < 0 || section.link() >= binary.sections().size()) {
            throw binary.content(section).corrupt(0, "its names are said to be in section " + section.link());
        }
        return binary.content(binary.sections().get(section.link()));
    }
}
