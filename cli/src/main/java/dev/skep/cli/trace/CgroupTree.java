package dev.skep.cli.trace;

import dev.skep.trace.system.NamePattern;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The control groups that are mounted. A group's ID is its directory's inode number. */
final class CgroupTree {
    private static final Path MOUNTS = Path.of("/proc/self/mounts");

    private final Map<Long, List<Group>> groups = new HashMap<>();
    private boolean isFresh;

    /** @param hierarchy {@code unified} for the second version, else a name of the first's */
    private record Group(String hierarchy, String path) {}

    /** @param place where it is mounted */
    private record Hierarchy(String name, Path place) {}

    static OptionalLong id(Path directory) {
        try {
            return Files.isDirectory(directory)
                    ? OptionalLong.of(((Number) Files.getAttribute(directory, "unix:ino")).longValue())
                    : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** The groups with an ID: {@code unified:/user.slice}. Looks again if there is none, as groups come and go. */
    List<String> paths(long id, NamePattern hierarchies) {
        if (!groups.containsKey(id) || !isFresh) {
            groups.clear();
            hierarchies().forEach(this::read);
            isFresh = true;
        }
        return groups.getOrDefault(id, List.of()).stream()
                .filter(group -> hierarchies.matches(group.hierarchy()))
                .map(group -> group.hierarchy() + ":" + group.path())
                .toList();
    }

    private static List<Hierarchy> hierarchies() {
        try (Stream<String> lines = Files.lines(MOUNTS)) {
            return lines.map(line -> line.split(" ")) // device, place, type, options
                    .filter(fields -> fields.length > 2 && fields[2].startsWith("cgroup"))
                    .map(fields -> {
                        Path place = Path.of(fields[1].replace("\\040", " "));
                        boolean isUnified = fields[2].equals("cgroup2");
                        return new Hierarchy(isUnified ? "unified" : String.valueOf(place.getFileName()), place);
                    })
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private void read(Hierarchy hierarchy) {
        try (Stream<Path> directories = Files.walk(hierarchy.place())) {
            directories.filter(Files::isDirectory).forEach(directory -> {
                String path = "/" + hierarchy.place().relativize(directory);
                id(directory)
                        .ifPresent(id -> groups.computeIfAbsent(id, _ -> new ArrayList<>())
                                .add(new Group(hierarchy.name(), path)));
            });
        } catch (IOException | UncheckedIOException e) {
            isFresh = false; // a group went away while it was looked at
        }
    }
}
