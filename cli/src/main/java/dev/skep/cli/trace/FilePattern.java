package dev.skep.cli.trace;

import dev.skep.trace.system.NamePattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Paths with {@code *} in their parts. */
final class FilePattern {
    private FilePattern() {}

    /** The files that match, sorted; a star does not stand for a slash. */
    static List<String> matching(String pattern) {
        Path whole = Path.of(pattern).toAbsolutePath();
        List<Path> found = List.of(Path.of("/"));
        for (Path part : whole) {
            NamePattern name = new NamePattern(part.toString());
            found = found.stream().flatMap(parent -> children(parent, name)).toList();
        }
        return found.stream()
                .filter(Files::isRegularFile)
                .map(Path::toString)
                .sorted()
                .toList();
    }

    private static Stream<Path> children(Path parent, NamePattern name) {
        if (!name.hasWildcard()) {
            Path child = parent.resolve(name.text());
            return Files.exists(child) ? Stream.of(child) : Stream.empty();
        }
        try (Stream<Path> all = Files.list(parent)) {
            return all.filter(child -> name.matches(String.valueOf(child.getFileName()))).toList().stream();
        } catch (IOException e) {
            return Stream.empty(); // no directory, or none that may be looked into
        }
    }
}
