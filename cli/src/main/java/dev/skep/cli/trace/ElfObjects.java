package dev.skep.cli.trace;

import dev.skep.linux.symbol.DataSymbols;
import dev.skep.object.InputException;
import dev.skep.object.host.HostException;
import dev.skep.trace.system.Binaries.Symbol;
import java.nio.file.Path;
import java.util.Optional;

/** The variables of programs and libraries. */
final class ElfObjects {
    private ElfObjects() {}

    /** A variable by its name; empty too if there is no such file. */
    static Optional<Symbol> find(Path path, String name) {
        try {
            return DataSymbols.find(path, name).map(found -> new Symbol(name, name, found.address(), found.size()));
        } catch (HostException | InputException e) {
            return Optional.empty();
        }
    }
}
