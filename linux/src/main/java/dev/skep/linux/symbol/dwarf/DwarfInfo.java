package dev.skep.linux.symbol.dwarf;

import dev.skep.linux.symbol.DebugFile;
import dev.skep.linux.symbol.ElfBinary;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What compilers wrote down of a program or library, with {@code -g}: its functions' parameters and its types (DWARF 2 to 5,
 * <a href="https://dwarfstd.org">dwarfstd.org</a>). What another file has ({@code .gnu_debugaltlink}, {@code .dwo}) is not known. For one
 * thread, until closed; whatever the file says, nothing outside it is read.
 */
public final class DwarfInfo implements AutoCloseable {
    private final ElfBinary file;
    private final DwarfIndex index;
    private final DwarfTypes types;

    private DwarfInfo(ElfBinary file, DebugSections sections) {
        this.file = file;
        this.index = new DwarfIndex(sections);
        this.types = new DwarfTypes(index);
    }

    /**
     * That of a program or library, or of the file that has what was stripped from it.
     *
     * @return empty if there is none
     * @throws dev.skep.object.host.HostException if the file cannot be read
     * @throws dev.skep.object.InputException if it is no ELF file, or what it says makes no sense
     */
    public static Optional<DwarfInfo> open(Path path) {
        ElfBinary binary = ElfBinary.open(path);
        Optional<DwarfInfo> own = in(binary);
        if (own.isPresent()) {
            return own;
        }
        Optional<Path> debug = DebugFile.of(binary);
        binary.close();
        return debug.flatMap(file -> {
            ElfBinary other = ElfBinary.open(file);
            Optional<DwarfInfo> found = in(other);
            if (found.isEmpty()) {
                other.close();
            }
            return found;
        });
    }

    private static Optional<DwarfInfo> in(ElfBinary binary) {
        try {
            return DebugSections.of(binary).map(sections -> new DwarfInfo(binary, sections));
        } catch (RuntimeException e) {
            binary.close();
            throw e;
        }
    }

    /** What a function gets. @param name as in the symbol table, or as in the source without parameters */
    public Optional<DwarfFunction> function(String name) {
        return index.function(name).map(entry -> new DwarfFunction(name, types.parameters(entry)));
    }

    /** The place of a type. @param name with its keyword, if it has one: {@code struct point}, {@code size_t} */
    public OptionalLong find(String name) {
        return index.type(name).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /** The type at a place. */
    public DwarfType type(long at) {
        return types.at(at);
    }

    @Override
    public void close() {
        file.close();
    }
}
