package dev.skep.linux.perf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A performance monitoring unit that makes probes: {@code /sys/bus/event_source/devices/kprobe} and {@code uprobe}
 * (Linux 4.17).
 *
 * @param type for {@code perf_event_attr.type}
 * @param returnBit the bit of {@code config} that asks for a return probe
 */
public record EventUnit(int type, int returnBit) {
    private static final Path DEVICES = Path.of("/sys/bus/event_source/devices");

    /** The upper half of {@code config} is the file offset of a uprobe's reference counter ({@code ref_ctr_offset}). */
    private static final int REFERENCE_COUNTER_SHIFT = 32;

    /** The unit with this name; empty if the kernel has none. */
    public static Optional<EventUnit> find(String name) {
        Path unit = DEVICES.resolve(name);
        try {
            int type = Integer.parseInt(Files.readString(unit.resolve("type")).strip());
            String format = Files.readString(unit.resolve("format/retprobe")).strip(); // "config:0"
            return Optional.of(new EventUnit(type, Integer.parseInt(format.substring(format.indexOf(':') + 1))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + unit, e);
        }
    }

    /** The value of {@code config}. @param referenceCounter 0 for none */
    public long config(boolean atReturn, long referenceCounter) {
        return (atReturn ? 1L << returnBit : 0) | referenceCounter << REFERENCE_COUNTER_SHIFT;
    }
}
