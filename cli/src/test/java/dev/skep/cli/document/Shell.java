package dev.skep.cli.document;

import dev.skep.cli.SkepInside;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The little of a shell that documents need: {@code skep ARGUMENTS}, {@code echo TEXT | skep ARGUMENTS} (or {@code printf}), {@code
 * printf TEXT > FILE}, {@code skep ARGUMENTS < FILE}, {@code cat FILE}, {@code echo $?}; single quotes; what lies in {@code /tmp}, and pins in {@code /sys/fs/bpf}, lies in a folder of the test's own.
 */
final class Shell {
    private final Map<String, Path> folders;
    private int lastExitCode;

    /** @param folders what is meant by the folders that documents name */
    Shell(Map<String, Path> folders) {
        this.folders = Map.copyOf(folders);
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
            stdin = printed(words.subList(0, pipe));
            words = words.subList(pipe + 1, words.size());
        } else if (words.contains(">")) {
            int to = words.indexOf(">");
            Files.write(Path.of(words.get(to + 1)), printed(words.subList(0, to)));
            return "";
        } else if (words.contains("<")) {
            int from = words.indexOf("<");
            stdin = Files.readAllBytes(Path.of(words.get(from + 1)));
            words = words.subList(0, from);
        }
        if (!words.getFirst().equals("skep")) {
            throw new IllegalArgumentException("a document's command is not understood: " + command);
        }
        SkepInside.Result result =
                SkepInside.onTerminal(stdin, words.subList(1, words.size()).toArray(String[]::new));
        lastExitCode = result.exitCode();
        String printed = result.out();
        for (Map.Entry<String, Path> folder : longestFirst()) {
            printed = printed.replace(folder.getValue().toString(), folder.getKey());
        }
        return printed;
    }

    /** What {@code echo} or {@code printf} writes, of whose escapes documents need {@code \n} alone. */
    private static byte[] printed(List<String> words) {
        String text = String.join(" ", words.subList(1, words.size()));
        String written = words.getFirst().equals("printf") ? text.replace("\\n", "\n") : text + "\n";
        return written.getBytes(StandardCharsets.UTF_8);
    }

    private List<Map.Entry<String, Path>> longestFirst() {
        return folders.entrySet().stream()
                .sorted(Comparator.comparing(folder -> -folder.getKey().length()))
                .toList();
    }

    /** With the test's folders in place of those that the document names. */
    private String inFolders(String word) {
        for (Map.Entry<String, Path> folder : longestFirst()) {
            if (word.startsWith(folder.getKey())) {
                return folder.getValue() + word.substring(folder.getKey().length());
            }
        }
        return word;
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
                    words.add(inFolders(word.toString()));
                }
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        return words;
    }
}
