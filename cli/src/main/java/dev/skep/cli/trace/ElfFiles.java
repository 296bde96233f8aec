package dev.skep.cli.trace;

import dev.skep.linux.feature.Feature;
import dev.skep.linux.feature.KernelFeatures;
import dev.skep.linux.symbol.BinaryFinder;
import dev.skep.linux.symbol.ElfBinary;
import dev.skep.linux.symbol.FunctionIndex;
import dev.skep.linux.symbol.FunctionSymbol;
import dev.skep.linux.symbol.ProcessMaps;
import dev.skep.linux.symbol.SymbolTable;
import dev.skep.linux.symbol.demangle.CppNames;
import dev.skep.linux.symbol.dwarf.DwarfInfo;
import dev.skep.linux.usdt.ArgumentPlace;
import dev.skep.linux.usdt.UsdtNote;
import dev.skep.object.InputException;
import dev.skep.object.host.HostException;
import dev.skep.trace.system.Binaries;
import dev.skep.trace.system.DebugTypes;
import dev.skep.trace.system.NamePattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The programs and libraries of this machine. */
final class ElfFiles implements Binaries {
    private final Map<String, List<Symbol>> symbols = new HashMap<>();
    private final boolean together;

    /** @param together whether many functions may be attached to by one link, if the kernel can */
    ElfFiles(boolean together) {
        this.together = together;
    }

    private final Map<String, Optional<DebugTypes>> types = new HashMap<>();

    @Override
    public List<String> find(String name, OptionalInt pid) {
        if (new NamePattern(name).hasWildcard()) {
            return onPath(name)
                    .flatMap(pattern -> FilePattern.matching(pattern).stream())
                    .filter(this::isBinary)
                    .toList();
        }
        if (name.indexOf('/') >= 0 && seesAsHere(pid) && Files.exists(Path.of(name))) {
            return List.of(name); // as it was written: it is shown so
        }
        String path = name.indexOf('/') >= 0
                ? Path.of(name).toAbsolutePath().normalize().toString()
                : name;
        // A process may map a library later, as that of -c does, which has hardly begun.
        return found(path, pid)
                .or(() -> pid.isPresent() && seesAsHere(pid) ? found(path, OptionalInt.empty()) : Optional.empty())
                .stream()
                .toList();
    }

    /** What has no slash is looked for where programs are. */
    private static Stream<String> onPath(String pattern) {
        if (pattern.indexOf('/') >= 0) {
            return Stream.of(pattern);
        }
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(":"))
                .filter(directory -> directory.startsWith("/"))
                .map(directory -> directory + "/" + pattern);
    }

    private static Optional<String> found(String path, OptionalInt pid) {
        try {
            return Optional.of(BinaryFinder.find(path, pid).toString());
        } catch (HostException e) {
            return Optional.empty();
        }
    }

    /** Whether a process has the files that are here. */
    private static boolean seesAsHere(OptionalInt pid) {
        if (pid.isEmpty()) {
            return true;
        }
        try {
            return mounts("self").equals(mounts(Integer.toString(pid.getAsInt())));
        } catch (IOException e) {
            return false; // it has ended, which is found out later
        }
    }

    private static Path mounts(String process) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc", process, "ns", "mnt"));
    }

    @Override
    public boolean isBinary(String path) {
        try (ElfBinary _ = ElfBinary.open(Path.of(path))) {
            return true;
        } catch (HostException | InputException e) {
            return false;
        }
    }

    @Override
    public List<String> mappedByAll() {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .map(process -> String.valueOf(process.getFileName()))
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .flatMap(name -> mapped(Integer.parseInt(name)).stream())
                    .filter(path -> Files.isRegularFile(Path.of(path)))
                    .distinct()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    @Override
    public List<String> mapped(int pid) {
        boolean seesAsHere = seesAsHere(OptionalInt.of(pid));
        try {
            return ProcessMaps.of(pid).stream()
                    .filter(ProcessMaps.Mapping::executable)
                    .map(mapping -> !mapping.isDeleted() && seesAsHere
                            ? mapping.path()
                            : ProcessMaps.file(pid, mapping).toString())
                    .distinct()
                    .toList();
        } catch (HostException e) {
            return List.of();
        }
    }

    @Override
    public List<Symbol> symbols(String path, NamePattern name) {
        return all(path).stream().filter(each -> name.matches(each.name())).toList();
    }

    @Override
    public List<Symbol> cppSymbols(String path, NamePattern name) {
        return all(path).stream()
                .filter(each -> CppNames.isMangled(each.name()))
                .flatMap(each -> CppNames.demangle(each.name()).stream()
                        .map(readable -> new Symbol(each.name(), readable, each.address(), each.size())))
                .filter(each -> each.reads(name))
                .toList();
    }

    @Override
    public Optional<Symbol> symbol(String path, String name) {
        return named(path, name)
                .or(() -> all(path).stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst());
    }

    /** A function that the file itself has, found without making all others: that takes tenths of a second in a large library. */
    private static Optional<Symbol> named(String path, String name) {
        try (ElfBinary binary = ElfBinary.open(Path.of(path))) {
            return new SymbolTable(binary)
                    .named(name).stream()
                            .filter(symbol -> !symbol.isIndirect())
                            .min(FunctionSymbol.BY_ADDRESS)
                            .map(ElfFiles::symbol);
        } catch (HostException | InputException e) {
            return Optional.empty();
        }
    }

    private List<Symbol> all(String path) {
        return symbols.computeIfAbsent(path, file -> {
            try {
                return FunctionIndex.read(Path.of(file)).functions().stream()
                        .filter(symbol -> !symbol.isIndirect())
                        .map(ElfFiles::symbol)
                        .distinct()
                        .toList();
            } catch (HostException | InputException e) {
                return List.of();
            }
        });
    }

    private static Symbol symbol(FunctionSymbol symbol) {
        return new Symbol(symbol.name(), symbol.name(), symbol.address(), symbol.size());
    }

    @Override
    public boolean areAttachedTogether() {
        return together && KernelFeatures.has(Feature.UPROBE_MULTI_LINK);
    }

    @Override
    public Optional<Symbol> object(String path, String name) {
        return ElfObjects.find(Path.of(path), name).or(() -> symbol(path, name));
    }

    /** Once read, a file stays open: what is asked of it is read from there. */
    @Override
    public Optional<DebugTypes> types(String path) {
        return types.computeIfAbsent(path, file -> {
            try {
                return DwarfInfo.open(Path.of(file)).map(DebugInformation::new);
            } catch (HostException | InputException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public List<UsdtSite> usdt(String path) {
        try (ElfBinary binary = ElfBinary.open(Path.of(path))) {
            return UsdtNote.of(binary).stream()
                    .map(UsdtNote::fullName)
                    .distinct()
                    .flatMap(name -> sites(binary, name))
                    .toList();
        } catch (HostException | InputException e) {
            return List.of();
        }
    }

    private static Stream<UsdtSite> sites(ElfBinary binary, String fullName) {
        String provider = fullName.substring(0, fullName.indexOf(':'));
        String name = fullName.substring(fullName.indexOf(':') + 1);
        return dev.skep.linux.usdt.UsdtSite.find(binary, provider, name).stream()
                .map(site -> new UsdtSite(
                        provider,
                        name,
                        site.address(),
                        site.fileOffset(),
                        site.semaphoreOffset(),
                        site.arguments().stream().map(ElfFiles::argument).toList()));
    }

    private static UsdtArgument argument(dev.skep.linux.usdt.UsdtArgument argument) {
        UsdtPlace place = switch (argument.place()) {
            case ArgumentPlace.Constant(long value) -> new UsdtPlace.Constant(value);
            case ArgumentPlace.Register(var register) -> new UsdtPlace.Register(register.offset());
            case ArgumentPlace.Memory(var base, long displacement) -> new UsdtPlace.Memory(base.offset(), displacement);
            case ArgumentPlace.IndexedMemory(var base, var index, int scale, long displacement) ->
                new UsdtPlace.IndexedMemory(base.offset(), index.offset(), scale, displacement);
        };
        return new UsdtArgument(argument.size(), argument.signed(), place);
    }
}
