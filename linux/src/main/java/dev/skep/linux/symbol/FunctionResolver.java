package dev.skep.linux.symbol;

import dev.skep.object.attach.FunctionSelection;
import dev.skep.object.core.NearestNames;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Turns the names of a binary's functions into offsets in its file, which is what the kernel knows them by. */
public final class FunctionResolver {
    private static final int SHOWN = 5;

    private final Path path;

    /** @param path of the binary */
    public FunctionResolver(Path path) {
        this.path = path;
    }

    /**
     * The file offset of a function's entry.
     *
     * @param symbol {@code name}, {@code name@VERSION} or {@code name@@VERSION}
     * @throws HostException ENOENT, with the nearest names, if there is none; EINVAL if several are called so
     */
    public long offset(String symbol) {
        try (ElfBinary binary = ElfBinary.open(path)) {
            return offset(binary, symbol);
        }
    }

    /** The file offsets of many. @throws HostException ENOENT if a name, or all of a pattern, is not there */
    public List<Long> offsets(FunctionSelection functions) {
        return switch (functions) {
            case FunctionSelection.At(List<Long> places) -> places;
            case FunctionSelection.Named(List<String> names) -> {
                try (ElfBinary binary = ElfBinary.open(path)) {
                    yield names.stream().map(name -> offset(binary, name)).toList();
                }
            }
            case FunctionSelection.Matching pattern -> matching(pattern);
        };
    }

    private List<Long> matching(FunctionSelection.Matching pattern) {
        try (ElfBinary binary = ElfBinary.open(path)) {
            List<Long> offsets = withDebugFile(
                            binary,
                            table -> Optional.of(table.functions().stream()
                                            .filter(symbol -> !symbol.isIndirect() && pattern.matches(symbol.name()))
                                            .flatMap(symbol -> binary.fileOffset(symbol.address()).stream()
                                                    .boxed())
                                            .distinct()
                                            .sorted()
                                            .toList())
                                    .filter(found -> !found.isEmpty()))
                    .orElse(List.of());
            if (offsets.isEmpty()) {
                throw new HostException(Errno.ENOENT, "no function of " + path + " matches " + pattern.pattern());
            }
            return offsets;
        }
    }

    private long offset(ElfBinary binary, String symbol) {
        int mark = symbol.indexOf('@');
        String name = mark < 0 ? symbol : symbol.substring(0, mark);
        String version = mark < 0 ? "" : symbol.substring(symbol.lastIndexOf('@') + 1);
        FunctionSymbol found = withDebugFile(binary, table -> choose(symbol, version, table.named(name)))
                .orElseThrow(() -> notFound(binary, symbol, name));
        if (found.isIndirect()) {
            throw new HostException(
                    Errno.EINVAL,
                    found.fullName() + " of " + path + " only chooses, once, which function is called (STT_GNU_IFUNC); "
                            + "probe the one that this processor gets" + implementations(binary, name));
        }
        return binary.fileOffset(found.address())
                .orElseThrow(() -> binary.corrupt("function " + symbol + " is said to be at 0x"
                        + Long.toHexString(found.address()) + ", which is not in the file"));
    }

    /** What a table gives; of a stripped binary, that of the file with what was stripped, if there is one. */
    private static <T> Optional<T> withDebugFile(ElfBinary binary, Function<SymbolTable, Optional<T>> search) {
        return search.apply(new SymbolTable(binary))
                .or(() -> DebugFile.of(binary).flatMap(file -> {
                    try (ElfBinary debug = ElfBinary.open(file)) {
                        return search.apply(new SymbolTable(debug));
                    }
                }));
    }

    /** Of several: the version asked for, else the default one; global before local ones. */
    private Optional<FunctionSymbol> choose(String symbol, String version, List<FunctionSymbol> named) {
        List<FunctionSymbol> fitting = named.stream()
                .filter(found -> version.isEmpty()
                        ? found.isDefaultVersion()
                        : found.version().equals(version))
                .toList();
        List<FunctionSymbol> global =
                fitting.stream().filter(FunctionSymbol::isGlobal).toList();
        List<FunctionSymbol> preferred = global.isEmpty() ? fitting : global;
        if (preferred.stream().mapToLong(FunctionSymbol::address).distinct().count() > 1) {
            throw new HostException(
                    Errno.EINVAL,
                    path + " has " + preferred.size() + " functions called " + symbol + ", at the addresses "
                            + preferred.stream()
                                    .map(found -> "0x" + Long.toHexString(found.address()))
                                    .collect(Collectors.joining(", "))
                            + "; give the offset of the one that is meant");
        }
        return preferred.stream().findFirst();
    }

    private HostException notFound(ElfBinary binary, String symbol, String name) {
        SymbolTable table = new SymbolTable(binary);
        List<String> versions =
                table.named(name).stream().map(FunctionSymbol::fullName).toList();
        List<String> names =
                table.functions().stream().map(FunctionSymbol::name).distinct().toList();
        List<String> similar = versions.isEmpty() ? NearestNames.of(name, names, SHOWN) : versions;
        String stripped = binary.section(".symtab").isPresent()
                ? ""
                : "; it is stripped, so only " + names.size() + " exported functions have names";
        return new HostException(
                Errno.ENOENT,
                "there is no function " + symbol + " in " + path
                        + (similar.isEmpty() ? "" : "; did you mean " + String.join(", ", similar) + "?") + stripped);
    }

    private static String implementations(ElfBinary binary, String name) {
        List<String> names = new ArrayList<>();
        new SymbolTable(binary)
                .functions().stream()
                        .map(FunctionSymbol::name)
                        .filter(other -> other.startsWith("__" + name + "_"))
                        .distinct()
                        .limit(SHOWN)
                        .forEach(names::add);
        return names.isEmpty() ? "" : ": " + String.join(", ", names);
    }
}
