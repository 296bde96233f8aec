package dev.skep.testkit.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Small programs with the verdict that Linux 6.18 gives on each, one file per theme. The format is described in
 * {@code docs/verifier-corpus.md}. The tests of {@code verifier} ask our verifier, those of {@code linux} the kernel.
 */
public final class VerifierCorpus {
    private static final List<String> THEMES = List.of(
            "atomics",
            "calls",
            "context",
            "control-flow",
            "helpers",
            "instructions",
            "lengths",
            "loops",
            "maps",
            "null",
            "packet",
            "pointers",
            "policy",
            "precision",
            "references",
            "registers",
            "returns",
            "scalars",
            "stack");

    private VerifierCorpus() {}

    /** All cases, theme by theme. */
    public static List<VerifierCase> cases() {
        return THEMES.stream()
                .flatMap(theme -> new CorpusReader(theme, text(theme)).read().stream())
                .toList();
    }

    private static String text(String theme) {
        try (InputStream in = VerifierCorpus.class.getResourceAsStream(theme + ".txt")) {
            if (in == null) {
                throw new IllegalStateException("the corpus has no file " + theme + ".txt");
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the corpus, " + theme + ".txt", e);
        }
    }
}
