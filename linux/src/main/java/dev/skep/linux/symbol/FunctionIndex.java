package dev.skep.linux.symbol;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The functions of a program or library by address. Read once; the file need not be there any more. */
public final class FunctionIndex {
    private final List<FunctionSymbol> functions;
    private final List<ElfBinary.Segment> segments;

    private FunctionIndex(List<FunctionSymbol> functions, List<ElfBinary.Segment> segments) {
        this.functions = functions;
        this.segments = segments;
    }

    /**
     * Reads a file, and the one with what was stripped from it if the machine has that.
     *
     * @throws dev.skep.object.host.HostException if it cannot be read
     * @throws dev.skep.object.InputException if it is no such file
     */
    public static FunctionIndex read(Path path) {
        try (ElfBinary binary = ElfBinary.open(path)) {
            List<FunctionSymbol> found = new ArrayList<>(new SymbolTable(binary).functions());
            DebugFile.of(binary).ifPresent(file -> {
                try (ElfBinary debug = ElfBinary.open(file)) {
                    found.addAll(new SymbolTable(debug).functions());
                }
            });
            found.sort(FunctionSymbol.BY_ADDRESS);
            return new FunctionIndex(List.copyOf(found), binary.segments());
        }
    }

    /** The functions, sorted by address; a name can occur several times. */
    public List<FunctionSymbol> functions() {
        return functions;
    }

    /** The address that code has before it is moved, by its place in the file; empty if none is mapped from there. */
    public Optional<Long> address(long fileOffset) {
        return segments.stream()
                .filter(segment -> Long.compareUnsigned(fileOffset - segment.fileOffset(), segment.fileSize()) < 0)
                .map(segment -> fileOffset - segment.fileOffset() + segment.address())
                .findFirst();
    }

    /** The function that an address is in; one whose size is not known reaches to the next. */
    public Optional<FunctionSymbol> find(long address) {
        int low = 0;
        int high = functions.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(functions.get(middle).address(), address) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        while (high > 0
                && functions.get(high - 1).address() == functions.get(high).address()) {
            high--;
        }
        if (high < 0) {
            return Optional.empty();
        }
        FunctionSymbol found = functions.get(high);
        boolean isWithin = found.size() == 0 || address - found.address() < found.size();
        return isWithin ? Optional.of(found) : Optional.empty();
    }
}
