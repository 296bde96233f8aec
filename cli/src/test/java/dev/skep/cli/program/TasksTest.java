package dev.skep.cli.program;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.NeedsBpf;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An iterator in Java. */
@NeedsBpf
class TasksTest {
    @Test
    void everyTaskIsALineBelowAHeading() {
        List<String> lines = skep("iter", "run", "examples/java/Tasks.java")
                .expectSuccess()
                .lines()
                .toList();
        assertThat(lines.getFirst()).isEqualTo("process  thread  parent  name");
        assertThat(lines.subList(1, lines.size())).allMatch(line -> line.matches(" *\\d+ +\\d+ +\\d+  .{1,15}"));
        String process = "" + ProcessHandle.current().pid();
        String parent = ProcessHandle.current().parent().map(p -> "" + p.pid()).orElse("0");
        assertThat(lines).anyMatch(line -> line.matches(" *" + process + " +" + process + " +" + parent + "  .+"));
    }
}
