package dev.skep.cli.document;

import dev.skep.cli.SkepInside;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The little of a shell that documents need: {@code skep ARGUMENTS}, {@code echo TEXT | skep ARGUMENTS}, {@code skep ARGUMENTS <
 * FILE}, {@code cat FILE}, {@code echo $?}; single quotes; files under {@code /tmp} lie in a folder of the test's own.
 */
final class Shell {
    private final Path temporary;
    private int lastExitCode;

    Shell(Path temporary) {
        this.temporary = temporary;
    }

    /** Runs a command and returns what a terminal would show. */
    String run(String command) throws IOException {
        List<String> words = words(command);
        if (words.equals(List.of("echo", "$?"))) {
            return lastExitCode + "\n";
        }
        if (words.getFirst().equals("cat")) {
            return Files.readString(Path.of(words.get(1)));
        }
        byte[] stdin = {};
        if (words.contains("|")) {
            int pipe = words.indexOf("|");
            stdin = (String.join(" ", words.subList(1, pipe)) + "\n").getBytes(StandardCharsets.UTF_8);
            words = words.subList(pipe + 1, words.size());
        } else if (words.contains("<")) {
            int from = words.indexOf("<");
            stdin = Files.readAllBytes(Path.of(words.get(from + 1)));
            words = words.subList(0, from);
        }
        if (!words.getFirst().equals("skep")) {
            throw new IllegalArgumentException("a document's command is not understood: " + command);
        }
        SkepInside.Result result =
                SkepInside.skep(stdin, words.subList(1, words.size()).toArray(String[]::new));
        lastExitCode = result.exitCode();
        return (result.out() + result.err()).replace(temporary.toString(), "/tmp");
    }

    private List<String> words(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (char c : (command + " ").toCharArray()) {
            if (c == '\'') {
                quoted = !quoted;
            } else if (c == ' ' && !quoted) {
                if (!word.isEmpty()) {
                    words.add(word.toString().replaceFirst("^/tmp", temporary.toString()));
                }
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        return words;
    }
}
