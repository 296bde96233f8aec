package dev.skep.linux.symbol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Code that a process made as it ran, by the file in which it says so for perf(1): {@code /tmp/perf-PID.map}, lines of a start, a size
 * and a name, the numbers hexadecimal (tools/perf/Documentation/jit-interface.txt). A JVM writes one when asked to by
 * {@code jcmd PID Compiler.perfmap}, Node with {@code --perf-basic-prof}.
 */
final class PerfMap {
    private final TreeMap<Long, Code> code;

    private record Code(long size, String name) {}

    private PerfMap(TreeMap<Long, Code> code) {
        this.code = code;
    }

    /** Reads the one of a process, by the number and in the file system that it knows itself. Empty if there is none. */
    static PerfMap of(int pid) {
        Path file = ProcessMaps.root(pid, "/tmp/perf-" + ownNumber(pid) + ".map");
        try {
            return read(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return new PerfMap(new TreeMap<>()); // most processes make no code
        }
    }

    /** The process's number in its own namespace: the last of {@code NSpid} in proc(5). */
    private static String ownNumber(int pid) {
        try {
            return Files.readAllLines(ProcessMaps.process(pid).resolve("status")).stream()
                    .filter(line -> line.startsWith("NSpid:"))
                    .map(line -> line.substring(line.lastIndexOf('\t') + 1))
                    .findFirst()
                    .orElse(Integer.toString(pid));
        } catch (IOException e) {
            return Integer.toString(pid);
        }
    }

    static PerfMap read(String text) {
        TreeMap<Long, Code> code = new TreeMap<>(Long::compareUnsigned);
        text.lines()
                .map(line -> line.split(" ", 3))
                .filter(fields -> fields.length == 3)
                .forEach(fields -> {
                    try {
                        code.put(
                                Long.parseUnsignedLong(fields[0].replace("0x", ""), 16),
                                new Code(Long.parseUnsignedLong(fields[1].replace("0x", ""), 16), fields[2]));
                    } catch (NumberFormatException e) {
                        // a line that is being written
                    }
                });
        return new PerfMap(code);
    }

    Optional<AddressedName> find(long address) {
        Map.Entry<Long, Code> found = code.floorEntry(address);
        if (found == null
                || Long.compareUnsigned(
                                address - found.getKey(), found.getValue().size())
                        >= 0) {
            return Optional.empty();
        }
        return Optional.of(new AddressedName(found.getValue().name(), address - found.getKey(), "perf map"));
    }
}
