package dev.skep.cli.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.cli.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Command;

/** Every command that a document shows prints what the document says. */
class DocumentTest {
    @TempDir
    Path temporary;

    /** The README, the examples' READMEs and the pages in docs, from the repository's folder. */
    static Stream<Path> documents() throws Exception {
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
        Shell shell = new Shell(temporary);
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
        for (Class<?> command : Main.class.getAnnotation(Command.class).subcommands()) {
            String name = command.getAnnotation(Command.class).name();
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
