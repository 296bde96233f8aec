package dev.skep.linux.feature;

import dev.skep.linux.machine.SystemCallWrapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What the kernel's symbols tell. */
final class SymbolProbes {
    private static final Path SYMBOLS = Path.of("/proc/kallsyms");

    private SymbolProbes() {}

    static Support systemCallWrapper() {
        Optional<String> function = SystemCallWrapper.functionName("bpf");
        if (function.isEmpty()) {
            return new Support.Unknown("how wrappers are called on this architecture is not known here");
        }
        String symbol = " " + function.get();
        try (Stream<String> lines = Files.lines(SYMBOLS)) {
            return lines.anyMatch(line -> line.endsWith(symbol))
                    ? Support.AVAILABLE
                    : new Support.Missing(SYMBOLS + " has no" + symbol);
        } catch (IOException e) {
            return new Support.Unknown(SYMBOLS + " cannot be read");
        }
    }
}
