package dev.skep.cli.trace;

import dev.skep.linux.symbol.ElfBinary;
import dev.skep.linux.symbol.FunctionIndex;
import dev.skep.linux.symbol.FunctionSymbol;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where in a file functions are. */
final class FunctionPlaces {
    private FunctionPlaces() {}

    /**
     * The offsets in the file of functions, each once: several names can stand for one function.
     *
     * @return by their offset, the place in {@code names} of the first name that the function there has
     */
    static TreeMap<Long, Long> fileOffsets(Path path, List<String> names) {
        Map<String, Long> wanted = new HashMap<>();
        for (String name : names) {
            wanted.put(name, (long) wanted.size());
        }
        TreeMap<Long, Long> places = new TreeMap<>();
        try (ElfBinary binary = ElfBinary.open(path)) {
            for (FunctionSymbol symbol : FunctionIndex.read(path).functions()) {
                Long number = wanted.get(symbol.name());
                if (number != null && !symbol.isIndirect()) {
                    binary.fileOffset(symbol.address()).ifPresent(offset -> places.merge(offset, number, Math::min));
                }
            }
        }
        return places;
    }
}
