package dev.skep.linux.symbol;

import dev.skep.linux.machine.SystemCallWrapper;
import dev.skep.object.core.NearestNames;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The running kernel's functions by name: {@code /proc/kallsyms}. A snapshot; modules come and go. */
public final class KernelSymbols {
    private static final Path FILE = Path.of("/proc/kallsyms");
    private static final int SHOWN = 5;

    private final Map<String, Long> addresses;

    private KernelSymbols(Map<String, Long> addresses) {
        this.addresses = addresses;
    }

    /** Reads all of them: some hundred thousand. */
    public static KernelSymbols read() {
        try (Stream<String> lines = Files.lines(FILE)) {
            return of(lines);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + FILE, e);
        }
    }

    /** @param lines {@code ffffffff81000000 T name}, perhaps {@code [module]} */
    static KernelSymbols of(Stream<String> lines) {
        Map<String, Long> addresses = new HashMap<>();
        lines.forEach(line -> {
            int kind = line.indexOf(' ') + 1;
            if (kind > 0 && "tTwW".indexOf(line.charAt(kind)) >= 0) {
                int end = line.indexOf('\t', kind);
                addresses.putIfAbsent(
                        line.substring(kind + 2, end < 0 ? line.length() : end),
                        Long.parseUnsignedLong(line, 0, kind - 1, 16));
            }
        });
        return new KernelSymbols(addresses);
    }

    /** Whether there is a function with this name. */
    public boolean contains(String function) {
        return addresses.containsKey(function);
    }

    /** Where it is; empty if there is none, or addresses are hidden ({@code kernel.kptr_restrict}). */
    public OptionalLong address(String function) {
        long address = addresses.getOrDefault(function, 0L);
        return address == 0 ? OptionalLong.empty() : OptionalLong.of(address);
    }

    /** All names. */
    public Stream<String> functions() {
        return addresses.keySet().stream();
    }

    /**
     * The function of a system call.
     *
     * @param name without prefix: {@code unlinkat}
     * @throws HostException ENOENT, with the nearest names, if the kernel has no such call
     */
    public String systemCall(String name) {
        return Stream.concat(
                        SystemCallWrapper.functionName(name).stream(), Stream.of("sys_" + name)) // before Linux 4.17
                .filter(this::contains)
                .findFirst()
                .orElseThrow(() -> new HostException(
                        Errno.ENOENT, "this kernel has no system call " + name + nearest(name, systemCalls())));
    }

    private List<String> systemCalls() {
        String prefix = SystemCallWrapper.functionName("").orElse("sys_");
        return functions()
                .filter(function -> function.startsWith(prefix))
                .map(function -> function.substring(prefix.length()))
                .toList();
    }

    /** For a function that is not there: what else may have been meant, or "". */
    public String nearest(String function) {
        return nearest(function, functions().toList());
    }

    private static String nearest(String name, List<String> names) {
        List<String> similar = NearestNames.of(name, names, SHOWN);
        return similar.isEmpty() ? "" : "; did you mean " + String.join(", ", similar) + "?";
    }

    /** The name of a variant that the compiler made of a function and that is there in its place: {@code f.isra.0}. */
    public Optional<String> variant(String function) {
        return functions().filter(name -> name.startsWith(function + ".")).findFirst();
    }
}
