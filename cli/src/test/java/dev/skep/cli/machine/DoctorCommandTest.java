package dev.skep.cli.machine;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skep.cli.SkepInside;
import dev.skep.linux.machine.KernelRelease;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
    @Test
    void theExitCodeTellsWhetherThereIsAProblem() throws IOException {
        SkepInside.Result result = skep("doctor", "--json");
        JsonNode json = new JsonMapper().readTree(result.out());

        assertThat(result.err()).isEmpty();
        assertThat(json.get("kernel").textValue())
                .isEqualTo(KernelRelease.running().text());
        assertThat(json.get("diagnoses")).hasSize(20);
        long problems = json.get("diagnoses")
                .valueStream()
                .filter(diagnosis -> diagnosis.get("verdict").textValue().equals("problem"))
                .count();
        assertThat(json.get("problems").longValue()).isEqualTo(problems);
        assertThat(result.exitCode()).isEqualTo(problems == 0 ? 0 : 1);
    }

    @Test
    void whatIsAllRightIsShownOnlyWhenAskedFor() {
        assertThat(skep("doctor").out()).startsWith("Linux ").doesNotContain("kernel release");
        assertThat(skep("doctor", "--all").out()).contains("ok: kernel release: Linux " + KernelRelease.running());
    }
}
