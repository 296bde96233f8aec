package dev.skep.cli.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.cli.Commands;
import dev.skep.cli.kernel.PrivateBpfFileSystem;
import dev.skep.testkit.NeedsBpf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command that a document shows prints what the document says. */
class DocumentTest {
    @TempDir
    Path temporary;

    /** What a page says whose commands need bpf(2). */
    private static final String NEEDS_BPF = "<!-- The commands on this page need bpf(2). -->";

    /** Those whose commands run anywhere. */
    static Stream<Path> documents() throws Exception {
        return all().filter(document -> !needsBpf(document));
    }

    /** Those whose commands need bpf(2). */
    static Stream<Path> kernelDocuments() throws Exception {
        return all().filter(DocumentTest::needsBpf);
    }

    private static boolean needsBpf(Path document) {
        try {
            return Files.readString(document).contains(NEEDS_BPF);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The README, the examples' READMEs and the pages in docs, from the repository's folder. */
    private static Stream<Path> all() throws Exception {
        try (Stream<Path> docs = Files.walk(Path.of("docs"));
                Stream<Path> examples = Files.walk(Path.of("examples"))) {
            List<Path> files = Stream.concat(docs, examples)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
            return Stream.concat(Stream.of(Path.of("README.md")), files.stream());
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void itsCommandsPrintWhatItSays(Path document) throws Exception {
        check(document, new Shell(Map.of("/tmp", temporary)));
    }

    @ParameterizedTest
    @MethodSource("kernelDocuments")
    @NeedsBpf
    void itsCommandsOnTheKernelPrintWhatItSays(Path document) throws Exception {
        try (PrivateBpfFileSystem bpffs = new PrivateBpfFileSystem()) {
            check(document, new Shell(Map.of("/tmp", temporary, "/sys/fs/bpf", bpffs.path(""))));
        }
    }

    private static void check(Path document, Shell shell) throws IOException {
        for (Snippet snippet : Snippet.of(Files.readAllLines(document))) {
            String printed = shell.run(snippet.command());
            if (!snippet.matches(printed)) {
                assertThat(printed)
                        .as("%s:%d: %s", document, snippet.line(), snippet.command())
                        .isEqualTo(String.join("\n", snippet.expected()) + "\n");
            }
        }
    }

    @Test
    void everyCommandHasAPageWithSnippets() throws Exception {
        for (String name : Commands.names()) {
            if (!name.equals("completion")) {
                Path page = Path.of("docs", name + ".md");
                assertThat(page).exists();
                assertThat(Snippet.of(Files.readAllLines(page))).as(name).isNotEmpty();
            }
        }
    }

    @Test
    void anElisionStandsForAnythingWithinItsLineOrForLines() {
        List<Snippet> snippets = Snippet.of(List.of(
                "text",
                "```console",
                "$ skep a",
                "in ... s, ... packets",
                "...",
                "end",
                "$ skep b",
                "```",
                "$ skep c"));
        assertThat(snippets).extracting(Snippet::command).containsExactly("skep a", "skep b");
        assertThat(snippets.getFirst().line()).isEqualTo(3);
        assertThat(snippets.getFirst().matches("in 1 s, 2 packets\nx\ny\nend\n"))
                .isTrue();
        assertThat(snippets.getFirst().matches("in 1 s, 2 packets\nend\n")).isTrue();
        assertThat(snippets.getFirst().matches("in 1 s, 2 bytes\nend\n")).isFalse();
        assertThat(snippets.getFirst().matches("in 1 s, 2 packets\nend\nmore\n"))
                .isFalse();
        assertThat(snippets.getLast().matches("")).isTrue();
    }
}
