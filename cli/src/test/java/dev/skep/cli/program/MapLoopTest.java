package dev.skep.cli.program;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code for} loops cannot go through in BPF. */
class MapLoopTest {
    private static final String PROGRAM = """
            import dev.skep.lang.context.XdpContext;
            import dev.skep.lang.map.*;
            import dev.skep.lang.program.Xdp;
            final class Sums {
                static final HashMap<Integer, Long> counts = new HashMap<>(8);
                @Xdp
                static int sum(XdpContext context) {
                    int sum = 0;
                    for (var entry : %s) {
                        sum++;
                    }
                    return sum;
                }
            }
            """;

    @TempDir
    Path folder;

    private String refusal(String collection) throws IOException {
        Path source = Files.writeString(folder.resolve("Sums.java"), PROGRAM.formatted(collection));
        return skep("compile", source.toString(), "-o", folder.resolve("sums.o").toString())
                .expectBadInput();
    }

    @Test
    void aMapIsGoneThroughByCallingAFunction() throws IOException {
        assertThat(refusal("counts"))
                .contains("Sums.java:9:26: a for loop over a map (dev.skep.lang.map.HashMap): ")
                .contains("write map.forEach((key, value) -> ...)");
    }

    @Test
    void whatIsNoMapIsSaidByJavac() throws IOException {
        assertThat(refusal("context"))
                .contains("Sums.java:9:26: for-each not applicable")
                .doesNotContain("forEach(");
    }
}
