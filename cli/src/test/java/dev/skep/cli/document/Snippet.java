package dev.skep.cli.document;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A command in a document and what it says the command prints: a line {@code $ skep ...} in a fenced block marked
 * {@code console}, and the lines up to the next one.
 *
 * @param line of the command in the document, from 1
 * @param command without the prompt
 * @param expected what must be printed; {@code ...} stands for anything within a line, alone on a line for any lines
 */
record Snippet(int line, String command, List<String> expected) {
    private static final String PROMPT = "$ ";

    /** All commands of a document, in order. */
    static List<Snippet> of(List<String> document) {
        List<Snippet> snippets = new ArrayList<>();
        boolean inside = false;
        for (int i = 0; i < document.size(); i++) {
            String text = document.get(i);
            if (text.startsWith("```")) {
                inside = !inside && text.equals("```console");
            } else if (inside && text.startsWith(PROMPT)) {
                snippets.add(new Snippet(i + 1, text.substring(PROMPT.length()), new ArrayList<>()));
            } else if (inside && !snippets.isEmpty()) {
                snippets.getLast().expected.add(text);
            }
        }
        return snippets;
    }

    /** True if that is what the command may print. */
    boolean matches(String printed) {
        String pattern = expected.stream()
                .map(text -> text.equals("...") ? "(?:.*\n)*?" : lines(text) + "\n")
                .collect(Collectors.joining());
        return Pattern.matches(pattern, printed);
    }

    private static String lines(String text) {
        return Pattern.compile("\\.\\.\\.")
                .splitAsStream(text + " ")
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"))
                // The space kept an elision at the end from being dropped by the split.
                .replaceFirst(" \\\\E$", "\\\\E");
    }
}
