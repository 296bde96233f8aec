package dev.skep.cli.trace;

import dev.skep.linux.symbol.AddressedName;
import dev.skep.linux.symbol.ElfBinary;
import dev.skep.linux.symbol.FunctionIndex;
import dev.skep.object.InputException;
import dev.skep.object.host.HostException;
import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.plan.TracePlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Names of addresses in the programs that a script's probes are in, for processes that have ended: nobody knows any more where they had
 * what, but programs that cannot be moved are where they say, and others where Linux puts them if it is told not to choose.
 */
final class TracedFiles {
    /** {@code ELF_ET_DYN_BASE} of x86_64 without randomisation (personality(2)), {@code setarch -R}. */
    private static final long USUAL_BASE = 0x5555_5555_4000L;

    private final Supplier<List<Traced>> files;

    private TracedFiles(List<Path> files) {
        this.files = Once.of(
                () -> files.stream().flatMap(file -> read(file).stream()).toList());
    }

    /** @param base what is added to its addresses where it runs */
    private record Traced(Path path, FunctionIndex index, long base) {
        Optional<AddressedName> find(long address) {
            long own = address - base;
            return index.find(own)
                    .filter(symbol -> symbol.size() > 0) // one without a size would reach to the end of all memory
                    .map(symbol -> new AddressedName(symbol.name(), own - symbol.address(), path.toString()));
        }
    }

    /** Those of a script. */
    static TracedFiles of(TracePlan plan) {
        return new TracedFiles(plan.probes().stream()
                .flatMap(probe -> switch (probe.target()) {
                    case ProbeTarget.Uprobe uprobe -> Optional.of(uprobe.binary()).stream();
                    case ProbeTarget.Usdt usdt -> Optional.of(usdt.binary()).stream();
                    default -> Optional.<String>empty().stream();
                })
                .distinct()
                .map(Path::of)
                .toList());
    }

    Optional<AddressedName> find(long address) {
        return files.get().stream().flatMap(file -> file.find(address).stream()).findFirst();
    }

    private static Optional<Traced> read(Path file) {
        try (ElfBinary binary = ElfBinary.open(file)) {
            return Optional.of(new Traced(file, FunctionIndex.read(file), binary.isFixed() ? 0 : USUAL_BASE));
        } catch (HostException | InputException e) {
            return Optional.empty(); // it is gone
        }
    }
}
