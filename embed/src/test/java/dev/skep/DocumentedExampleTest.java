package dev.skep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.DocumentedExample;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentedExampleTest {
    @ParameterizedTest
    @ValueSource(strings = {"embed.md", "java-library.md"})
    void theProgramOnThePagePrintsWhatThePageSays(String page, @TempDir Path folder) throws Exception {
        DocumentedExample example = DocumentedExample.of(Path.of("..", "docs", page), folder);
        assertThat(example.printed()).isEqualTo(example.documented());
    }
}
