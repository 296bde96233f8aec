package dev.skep.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.DocumentedExample;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in docs/verifier.md compiles, and prints what the page says. */
class DocumentedExampleTest {
    @Test
    void theExamplePrintsWhatThePageShows(@TempDir Path folder) throws Exception {
        DocumentedExample example = DocumentedExample.of(Path.of("../docs/verifier.md"), folder);

        assertThat(example.printed()).isEqualTo(example.documented());
    }
}
