package dev.skep.linux.tracefs;

import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A mounted tracefs. Nothing is mounted behind anybody's back: where it is missing, the error says how to mount it.
 *
 * @param root usually {@code /sys/kernel/tracing}
 */
public record TraceFs(Path root) {
    private static final Path MOUNTS = Path.of("/proc/self/mounts");

    /** The places where it is by custom, preferred to others. */
    private static final List<Path> USUAL =
            List.of(Path.of("/sys/kernel/tracing"), Path.of("/sys/kernel/debug/tracing"));

    /** The one that is mounted; empty if none is. */
    public static Optional<TraceFs> find() {
        return USUAL.stream()
                .filter(place -> Files.exists(place.resolve("events")))
                .findFirst()
                .or(() -> mounts().reduce((_, later) -> later)) // the last mounted is the least likely to be going away
                .map(TraceFs::new);
    }

    /** The one that is mounted. @param needed for what, in the infinitive @throws HostException ENOENT if none is */
    public static TraceFs require(String needed) {
        return find().orElseThrow(() -> new HostException(
                Errno.ENOENT,
                "cannot " + needed + ": tracefs is not mounted; mount it with "
                        + "'mount -t tracefs tracefs /sys/kernel/tracing'"));
    }

    private static Stream<Path> mounts() {
        return lines(MOUNTS).stream()
                .map(line -> line.split(" ")) // device, place, type, options
                .filter(fields -> fields.length > 2 && fields[2].equals("tracefs"))
                .map(fields -> Path.of(fields[1].replace("\\040", " ")));
    }

    /**
     * The number perf_event_open(2) knows an event by.
     *
     * @throws HostException ENOENT, with the nearest names, if there is no such event
     */
    public int eventId(String category, String name) {
        Path id = root.resolve("events").resolve(category).resolve(name).resolve("id");
        try {
            return Integer.parseInt(Files.readString(id).strip());
        } catch (NoSuchFileException e) {
            throw new HostException(
                    Errno.ENOENT,
                    "there is no tracepoint " + category + "/" + name + " under " + root + "; "
                            + new NearestEvents(this).advice(category, name));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + id, e);
        }
    }

    /** The categories of events: {@code sched}, {@code syscalls} ... */
    public List<String> categories() {
        return directories(root.resolve("events"));
    }

    /** The events of a category; empty if there is no such category. */
    public List<String> events(String category) {
        return directories(root.resolve("events").resolve(category));
    }

    /** Whether there is such an event. Names with a {@code /} in them name none. */
    public boolean hasEvent(String category, String name) {
        return category.indexOf('/') < 0
                && name.indexOf('/') < 0
                && Files.exists(
                        root.resolve("events").resolve(category).resolve(name).resolve("id"));
    }

    private static List<String> directories(Path parent) {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("listing " + parent, e);
        }
    }

    /**
     * The kernel functions that ftrace can stop at, so that {@code kprobe.multi} and {@code fentry} can be attached
     * there; empty if the kernel has no such list.
     */
    public List<String> traceableFunctions() {
        Path functions = root.resolve("available_filter_functions");
        if (!Files.exists(functions)) {
            return List.of();
        }
        return lines(functions).stream()
                .map(line -> line.indexOf(' ') < 0 ? line : line.substring(0, line.indexOf(' '))) // "name [module]"
                .filter(name -> !name.startsWith("__ftrace_invalid_address__"))
                .distinct()
                .toList();
    }

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }
}
