package dev.skep.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class GuestRunTest {
    private static final Path CLASSES = Path.of("target/test-classes");

    private final PrintStream quiet = new PrintStream(OutputStream.nullOutputStream());

    @TempDir
    Path reports;

    /** Fails, but only when asked to by {@link GuestRunTest}: Surefire takes no nested class by this name. */
    @EnabledIfSystemProperty(named = "skep.vm.fail", matches = "true")
    static class Unlucky {
        @Test
        void passes() {}

        @Test
        @Tag("doomed")
        void fails() {
            throw new AssertionError("as it should");
        }
    }

    @Test
    void failsIfOneTestFailsAndReportsIt() {
        System.setProperty("skep.vm.fail", "true");
        try {
            assertThat(GuestRun.run(quiet, reports, "doomed", List.of(Unlucky.class.getName())))
                    .isFalse();
            assertThat(GuestRun.run(quiet, reports, "-", List.of(Unlucky.class.getName())))
                    .isFalse();
        } finally {
            System.clearProperty("skep.vm.fail");
        }
        assertThat(reports.resolve("TEST-" + Unlucky.class.getName() + ".xml"))
                .content()
                .contains("tests=\"2\"", "failures=\"1\"", "as it should");
    }

    @Test
    @Tag("guest")
    void failsIfNoTestRuns() {
        assertThat(GuestRun.run(quiet, reports, "unused", List.of(Unlucky.class.getName())))
                .isFalse();
    }

    @Test
    void skippingAClassSkipsEachOfItsTests() {
        assertThat(GuestRun.run(quiet, reports, "-", List.of(Unlucky.class.getName())))
                .isTrue();
        assertThat(reports.resolve("TEST-" + Unlucky.class.getName() + ".xml"))
                .content()
                .contains("tests=\"2\"", "skipped=\"2\"", "skep.vm.fail");
    }

    @Test
    void selectsClassesByTagOrByName() {
        assertThat(SelectTests.select("doomed", Set.of(CLASSES), List.of())).isEmpty(); // of top-level classes
        assertThat(SelectTests.select("guest", Set.of(CLASSES), List.of()))
                .containsExactly("vm dev.skep.vm.GuestRunTest");
        assertThat(SelectTests.select("-", Set.of(CLASSES), List.of("Surefire*", "G*Run*Test")))
                .containsExactly("vm dev.skep.vm.GuestRunTest", "vm dev.skep.vm.SurefireReportTest");
        assertThat(SelectTests.select("-", Set.of(CLASSES), List.of("Guest"))).isEmpty();
    }
}
