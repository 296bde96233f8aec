package dev.skep.cli.trace;

import dev.skep.linux.feature.Feature;
import dev.skep.linux.feature.KernelFeatures;
import dev.skep.linux.symbol.KernelSymbols;
import dev.skep.linux.tracefs.TraceFs;
import dev.skep.trace.system.KernelFunctions;
import dev.skep.trace.system.NamePattern;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The kernel's functions: those that ftrace can stop at where it says, else all of {@code /proc/kallsyms}. */
final class FunctionsOfKernel implements KernelFunctions {
    private static final String KERNEL = "vmlinux";
    private static final Path SYMBOLS = Path.of("/proc/kallsyms");
    private final Supplier<List<Function>> listed = Once.of(FunctionsOfKernel::readListed);
    private final Supplier<List<Function>> traceable = Once.of(() -> listed().isEmpty() ? readSymbols() : listed());
    private final Supplier<Set<String>> names = Once.of(() -> {
        Set<String> all = new HashSet<>();
        traceable.get().forEach(each -> all.add(each.name()));
        return all;
    });

    private final boolean together;

    FunctionsOfKernel() {
        this(true);
    }

    /** @param together whether many functions may be attached to by one link, if the kernel can */
    FunctionsOfKernel(boolean together) {
        this.together = together;
    }

    @Override
    public List<Function> matching(NamePattern module, NamePattern name) {
        return traceable.get().stream()
                .filter(each -> name.matches(each.name()) && module.matches(each.module()))
                .toList();
    }

    @Override
    public boolean isTraceable(String name) {
        return names.get().contains(name);
    }

    /** Only those that ftrace knows can be, and only where it says which these are. */
    @Override
    public boolean areAttachedTogether() {
        return together && !listed().isEmpty() && KernelFeatures.has(Feature.KPROBE_MULTI_LINK);
    }

    @Override
    public OptionalLong address(String symbol) {
        try (Stream<String> lines = Files.lines(SYMBOLS)) {
            return lines.filter(line -> isNamed(line, symbol))
                    .mapToLong(line -> Long.parseUnsignedLong(line, 0, line.indexOf(' '), 16))
                    .filter(address -> address != 0)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + SYMBOLS, e);
        }
    }

    /** {@code ffffffff81000000 T name}, perhaps {@code [module]} after a tab. */
    private static boolean isNamed(String line, String symbol) {
        int start = line.indexOf(' ') + 3;
        int end = line.indexOf('\t');
        return (end < 0 ? line.length() : end) - start == symbol.length() && line.startsWith(symbol, start);
    }

    private List<Function> listed() {
        return listed.get();
    }

    private static List<Function> readListed() {
        return TraceFs.find()
                .map(found -> found.root().resolve("available_filter_functions"))
                .filter(Files::isReadable)
                .map(FunctionsOfKernel::readList)
                .orElse(List.of());
    }

    private static List<Function> readSymbols() {
        return KernelSymbols.read()
                .functions()
                .map(name -> new Function(KERNEL, name))
                .sorted(FunctionsOfKernel::order)
                .toList();
    }

    private static List<Function> readList(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.startsWith("__ftrace_invalid_address__"))
                    .map(FunctionsOfKernel::parse)
                    .distinct()
                    .sorted(FunctionsOfKernel::order)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // a kernel that is locked down shows its symbols, but not this
        }
    }

    /** Those of the kernel itself come first. */
    private static int order(Function one, Function other) {
        int bySort =
                Boolean.compare(!one.module().equals(KERNEL), !other.module().equals(KERNEL));
        int byModule = bySort != 0 ? bySort : one.module().compareTo(other.module());
        return byModule != 0 ? byModule : one.name().compareTo(other.name());
    }

    /** {@code name} or {@code name [module]}. */
    private static Function parse(String line) {
        int space = line.indexOf(' ');
        return space < 0
                ? new Function(KERNEL, line)
                : new Function(line.substring(space + 2, line.length() - 1), line.substring(0, space));
    }
}
