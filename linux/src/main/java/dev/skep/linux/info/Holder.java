package dev.skep.linux.info;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A process that keeps an object in the kernel by a descriptor.
 *
 * @param pid its id in this process's pid namespace
 * @param command its name: the first 15 characters of what it runs
 */
public record Holder(int pid, String command) {
    private static final Path PROC = Path.of("/proc");

    /** An object's name in the kernel. */
    public record Held(ObjectKind kind, int id) {}

    /**
     * Which processes hold which objects: every process's descriptors are looked at, in {@code /proc/PID/fd} and {@code fdinfo}. Those
     * of other users are seen by root alone. Programs, maps and links that nobody here is listed for are held by the kernel itself
     * (an attachment, another program), by a pin, or by a process of another pid namespace.
     */
    public static Map<Held, List<Holder>> all() {
        Map<Held, List<Holder>> holders = new HashMap<>();
        for (Path process : processes()) {
            for (String descriptor : descriptors(process)) {
                DescriptorNotes.read(process, descriptor)
                        .filter(notes -> notes.id() != 0)
                        .ifPresent(notes -> add(holders, held(notes), of(process)));
            }
        }
        return Map.copyOf(holders);
    }

    private static Held held(DescriptorNotes notes) {
        return new Held(notes.kind().orElseThrow(), notes.id());
    }

    private static void add(Map<Held, List<Holder>> holders, Held held, Holder holder) {
        List<Holder> known = holders.computeIfAbsent(held, _ -> new ArrayList<>());
        if (!known.contains(holder)) {
            known.add(holder);
        }
    }

    private static Holder of(Path process) {
        int pid = Integer.parseInt(process.getFileName().toString());
        try {
            return new Holder(pid, Files.readString(process.resolve("comm")).strip());
        } catch (IOException e) { // it has ended meanwhile
            return new Holder(pid, "");
        }
    }

    static List<Path> processes() {
        try (Stream<Path> all = Files.list(PROC)) {
            return all.filter(path ->
                            Character.isDigit(path.getFileName().toString().charAt(0)))
                    .sorted(Comparator.comparingInt(
                            path -> Integer.parseInt(path.getFileName().toString())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list processes in " + PROC + "; is it mounted?", e);
        }
    }

    /** The numbers of a process's open descriptors; none if it has ended or is another user's. */
    static List<String> descriptors(Path process) {
        try (Stream<Path> all = Files.list(process.resolve("fd"))) {
            return all.map(path -> path.getFileName().toString()).toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }
}
