package dev.skep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.DocumentedExample;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentedExampleTest {
    @Test
    void theProgramOnThePagePrintsWhatThePageSays(@TempDir Path folder) throws Exception {
        DocumentedExample example = DocumentedExample.of(Path.of("..", "docs", "embed.md"), folder);
        assertThat(example.printed()).isEqualTo(example.documented());
    }
}
