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

    /** The files that match, sorted, written as the pattern is: from the root, or from here. A star does not stand for a slash. */
    static List<String> matching(String pattern) {
        boolean absolute = pattern.startsWith("/");
        List<Path> found = List.of(Path.of(absolute ? "/" : "."));
        for (Path part : Path.of(pattern).normalize()) {
            NamePattern name = new NamePattern(part.toString());
            found = found.stream().flatMap(parent -> children(parent, name)).toList();
        }
        int dropped = absolute || pattern.startsWith("./") ? 0 : "./".length();
        return found.stream()
                .filter(Files::isRegularFile)
                .map(path -> path.toString().substring(dropped))
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
