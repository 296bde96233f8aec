package dev.skep.testkit.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
            "pruning",
            "references",
            "registers",
            "returns",
            "scalars",
            "stack");

    private static final String RESTRICTED = "unprivileged";

    private static final List<String> OBJECTS = List.of(
            "callbacks",
            "dynptrs",
            "everyday",
            "exceptions",
            "global_functions",
            "iterators",
            "kernel_objects",
            "locks",
            "sections");

    private VerifierCorpus() {}

    /** All cases loaded by root, theme by theme. */
    public static List<VerifierCase> cases() {
        return THEMES.stream()
                .flatMap(theme -> new CorpusReader(theme, text(theme)).read().stream())
                .toList();
    }

    /** Cases loaded by who lacks some capability, which {@link #cases} does not have. */
    public static List<VerifierCase> restrictedCases() {
        return new CorpusReader(RESTRICTED, text(RESTRICTED)).read();
    }

    /** Compiled objects by name. Each program's verdict is a declaration tag: {@code accepted}, or {@code rejected CAUSE}. */
    public static Map<String, byte[]> objects() {
        Map<String, byte[]> objects = new LinkedHashMap<>();
        OBJECTS.forEach(name -> objects.put(name, bytes(name + ".bpf.o")));
        return objects;
    }

    private static String text(String theme) {
        return new String(bytes(theme + ".txt"), StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(String file) {
        try (InputStream in = VerifierCorpus.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the corpus has no file " + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading the corpus, " + file, e);
        }
    }
}
