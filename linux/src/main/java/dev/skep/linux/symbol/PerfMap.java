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
 * and a name, the numbers hexadecimal (tools/perf/Documentation/jit-interface.txt). A JVM writes one when {@link HotSpotAttach} asks it
 * to, Node with {@code --perf-basic-prof}.
 */
final class PerfMap {
    /** That of a process which makes no code. */
    static final PerfMap NONE = new PerfMap(new TreeMap<>());

    private final TreeMap<Long, Code> code;

    private record Code(long size, String name) {}

    private PerfMap(TreeMap<Long, Code> code) {
        this.code = code;
    }

    /** Reads the one of a process, by the number and in the file system that it knows itself. Empty if there is none. */
    static PerfMap of(int pid) {
        try {
            return read(Files.readString(file(pid), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return NONE; // most processes make no code
        }
    }

    /** Where a process writes its own. @throws IOException if the process has ended */
    static Path file(int pid) throws IOException {
        return ProcessMaps.root(pid, "/tmp/perf-" + ProcessStatus.of(pid).ownNumber() + ".map");
    }

    /** Whether it names nothing. */
    boolean isEmpty() {
        return code.isEmpty();
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
