package dev.skep.linux.symbol;

import dev.skep.object.elf.Elf64;
import java.nio.file.Path;
import java.util.Optional;

/** The variables that a binary names in {@code .dynsym} and {@code .symtab}. */
public final class DataSymbols {
    private static final int SHT_DYNSYM = 11;
    private static final int STT_OBJECT = 1;

    private DataSymbols() {}

    /** A variable. @param address before the file is moved @param size in bytes */
    public record Variable(long address, long size) {}

    /**
     * The variable with a name, if there is one.
     *
     * @throws dev.skep.object.host.HostException if the file cannot be read
     * @throws dev.skep.object.InputException if it is no program or library
     */
    public static Optional<Variable> find(Path path, String name) {
        try (ElfBinary binary = ElfBinary.open(path)) {
            return binary.sections().stream()
                    .filter(section -> section.type() == SHT_DYNSYM || section.type() == Elf64.SHT_SYMTAB)
                    .flatMap(section -> find(binary, section, name).stream())
                    .findFirst();
        }
    }

    private static Optional<Variable> find(ElfBinary binary, ElfBinary.Section section, String name) {
        CheckedBytes symbols = binary.content(section);
        CheckedBytes names = SymbolTable.namesOf(binary, section);
        for (long at = Elf64.SYMBOL_SIZE; at + Elf64.SYMBOL_SIZE <= symbols.size(); at += Elf64.SYMBOL_SIZE) {
            boolean isVariable = (symbols.u8(at + 4) & 0xf) == STT_OBJECT && symbols.u16(at + 6) != Elf64.SHN_UNDEF;
            if (isVariable && names.text(symbols.u32(at)).equals(name)) {
                return Optional.of(new Variable(symbols.u64(at + 8), symbols.u64(at + 16)));
            }
        }
        return Optional.empty();
    }
}
