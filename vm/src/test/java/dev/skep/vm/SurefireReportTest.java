package dev.skep.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class SurefireReportTest {
    @TempDir
    Path folder;

    private Element report;

    @BeforeEach
    void writeReport() throws Exception {
        Outcome.Failed wrong = new Outcome.Failed(new AssertionError("1 < 2 & \"quoted\" \0"));
        Outcome.Failed broken = new Outcome.Failed(new IOException());
        SurefireReport.write(
                folder.resolve("new"),
                "a.SomeTest",
                List.of(
                        new Outcome("passes", new Outcome.Passed(), Duration.ofMillis(1500)),
                        new Outcome("isSkipped", new Outcome.Skipped("no FENTRY"), Duration.ZERO),
                        new Outcome("isWrong", wrong, Duration.ofMillis(2)),
                        new Outcome("breaks", broken, Duration.ofMillis(3))));
        try (var file = Files.newInputStream(folder.resolve("new/TEST-a.SomeTest.xml"))) {
            report = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(file)
                    .getDocumentElement();
        }
    }

    @Test
    void countsAsSurefireDoes() {
        assertThat(report.getTagName()).isEqualTo("testsuite");
        assertThat(List.of(
                        report.getAttribute("name"),
                        report.getAttribute("tests"),
                        report.getAttribute("failures"),
                        report.getAttribute("errors"),
                        report.getAttribute("skipped"),
                        report.getAttribute("time")))
                .containsExactly("a.SomeTest", "4", "1", "1", "1", "1.505");
    }

    @Test
    void saysWhatWentWrong() {
        Element failure = (Element) report.getElementsByTagName("failure").item(0);
        Element error = (Element) report.getElementsByTagName("error").item(0);
        Element skipped = (Element) report.getElementsByTagName("skipped").item(0);

        assertThat(failure.getAttribute("message")).isEqualTo("1 < 2 & \"quoted\" ?");
        assertThat(failure.getTextContent()).contains("SurefireReportTest.writeReport");
        assertThat(error.getAttribute("type")).isEqualTo("java.io.IOException");
        assertThat(skipped.getAttribute("message")).isEqualTo("no FENTRY");
    }
}
