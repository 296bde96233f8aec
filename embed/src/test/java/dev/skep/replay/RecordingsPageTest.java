package dev.skep.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RecordingsPageTest {
    /** Formatted otherwise, and without the package and the imports that it has for the page alone. */
    private static String body(String text) {
        return text.substring(text.indexOf("class OpenedFilesTest")).replaceAll("\\s+", "");
    }

    @Test
    void theTestOnThePageIsTheOneThatIsRun() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "recordings.md"));
        String onPage = page.substring(page.indexOf("```java"), page.indexOf("```\n\n`over(Path)`"));
        String run = Files.readString(Path.of("src/test/java/dev/skep/replay/OpenedFilesTest.java"));
        assertThat(body(onPage)).isEqualTo(body(run));
    }
}
