package dev.skep.linux.symbol;

import dev.skep.object.InputException;
import dev.skep.object.host.HostException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The functions of running processes by address: of the files that they have mapped, and of code they made themselves ({@link PerfMap}).
 * What has been read is kept, so a process that was seen once can end. For one thread at a time.
 */
public final class ProcessAddresses {
    private static final long FRESH_NANOSECONDS = 1_000_000_000L;

    private final Map<Integer, Process> processes = new HashMap<>();
    private final Map<Path, Optional<FunctionIndex>> files = new HashMap<>();

    /** @param made what it made itself, once it is wanted @param read when, by the clock of the JVM */
    private record Process(List<ProcessMaps.Mapping> mappings, Supplier<PerfMap> made, long read) {}

    /** The function at an address of a process; empty if none is known. */
    public Optional<AddressedName> find(int pid, long address) {
        Process known = processes.computeIfAbsent(pid, ProcessAddresses::read);
        Optional<AddressedName> found = find(pid, known, address);
        if (found.isEmpty() && System.nanoTime() - known.read() > FRESH_NANOSECONDS) {
            Process renewed = read(pid); // it may have mapped or made more since
            if (!renewed.mappings().isEmpty()) {
                processes.put(pid, renewed);
                return find(pid, renewed, address);
            }
        }
        return found;
    }

    private static Process read(int pid) {
        try {
            List<ProcessMaps.Mapping> mappings = ProcessMaps.of(pid);
            MadeCode made = new MadeCode(pid, mappings);
            return new Process(mappings, made::code, System.nanoTime());
        } catch (HostException e) { // it has ended
            return new Process(List.of(), () -> PerfMap.NONE, System.nanoTime());
        }
    }

    private Optional<AddressedName> find(int pid, Process process, long address) {
        for (ProcessMaps.Mapping mapping : process.mappings()) {
            if (Long.compareUnsigned(address - mapping.start(), mapping.end() - mapping.start()) < 0) {
                return file(pid, mapping).flatMap(index -> inFile(index, mapping, address));
            }
        }
        return process.made().get().find(address);
    }

    private Optional<FunctionIndex> file(int pid, ProcessMaps.Mapping mapping) {
        return files.computeIfAbsent(ProcessMaps.file(pid, mapping), path -> {
            try {
                return Optional.of(FunctionIndex.read(path));
            } catch (HostException | InputException e) {
                return Optional.empty(); // gone, or no program
            }
        });
    }

    private static Optional<AddressedName> inFile(FunctionIndex index, ProcessMaps.Mapping mapping, long address) {
        return index.address(address - mapping.start() + mapping.fileOffset())
                .flatMap(place -> index.find(place)
                        .map(symbol -> new AddressedName(symbol.name(), place - symbol.address(), mapping.path())));
    }
}
