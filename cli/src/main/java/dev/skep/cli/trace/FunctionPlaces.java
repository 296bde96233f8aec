package dev.skep.cli.trace;

import dev.skep.linux.symbol.ElfBinary;
import dev.skep.linux.symbol.FunctionIndex;
import dev.skep.linux.symbol.FunctionSymbol;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where in a file functions are. */
final class FunctionPlaces {
    private FunctionPlaces() {}

    /** The offsets of functions by name, each once, sorted: several names can stand for one function. */
    static List<Long> fileOffsets(Path path, Collection<String> names) {
        Set<String> wanted = new HashSet<>(names);
        try (ElfBinary binary = ElfBinary.open(path)) {
            return FunctionIndex.read(path).functions().stream()
                    .filter(symbol -> wanted.contains(symbol.name()) && !symbol.isIndirect())
                    .map(FunctionSymbol::address)
                    .distinct()
                    .flatMap(address -> binary.fileOffset(address).stream().boxed())
                    .sorted()
                    .toList();
        }
    }
}
