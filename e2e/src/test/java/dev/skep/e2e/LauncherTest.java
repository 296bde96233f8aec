package dev.skep.e2e;

import static dev.skep.e2e.Skep.COMMAND;
import static dev.skep.e2e.Skep.ROOT;
import static dev.skep.e2e.Skep.skep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./skep} itself: finding itself and a JDK, passing things on, the cache. What commands do is tested elsewhere. */
class LauncherTest {
    @Test
    void saysItsVersion() {
        Tools.Result result = skep("--version").expectSuccess();

        assertThat(result.stdout()).matches("skep \\d+\\.\\d+\\.\\S+ \\(Java \\d+\\S*, \\S+ \\S+\\)\\R");
        assertThat(result.stderr()).isEmpty();
    }

    @Test
    void runsThroughLinksFromAnyFolder(@TempDir Path temp) throws IOException {
        Path folder = Files.createDirectory(temp.resolve("a folder"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), COMMAND);
        Path linkToLink = Files.createSymbolicLink(temp.resolve("skep link"), Path.of("a folder/link"));

        assertThat(Skep.run(temp, link, "--version").expectSuccess().stdout()).startsWith("skep ");
        assertThat(Skep.run(folder, linkToLink, "--version").expectSuccess().stdout())
                .startsWith("skep ");

        Files.delete(linkToLink); // JUnit warns about links that it finds when it cleans up
        Files.delete(link);
    }

    @Test
    void passesArgumentsAndTheExitCodeOn() {
        Tools.Result result = skep("no  such command");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.stdout()).isEmpty();
        assertThat(result.stderr()).contains("'no  such command'");
    }

    @Test
    void looksForAJdkIfJavaHomeHasNone() {
        Tools.Result result = Tools.run(
                List.of("env", "SKEP_NO_BUILD=1", "JAVA_HOME=/nonexistent", COMMAND.toString(), "--version"),
                Duration.ofMinutes(2));

        // Where the JDK is in none of the usual folders, the answer is one line that says so.
        if (result.exitCode() == 3) {
            assertThat(result.stderr().lines()).singleElement().asString().contains("JDK 25");
        } else {
            assertThat(result.expectSuccess().stdout()).startsWith("skep ");
        }
    }

    @Test
    void keepsACacheForTheNextStart(@TempDir Path home) throws IOException {
        // As if the checkout were someone else's: a home for the cache is all that can be written.
        Path checkout = readOnlyCopyOfTheLauncher(home);

        Tools.Result result = Tools.run(
                List.of("env", "SKEP_NO_BUILD=1", "XDG_CACHE_HOME=" + home.resolve("cache"), checkout + "/skep", "-V"),
                Duration.ofMinutes(2));

        assertThat(result.expectSuccess().stdout()).startsWith("skep ");
        assertThat(result.stderr()).isEmpty();
        try (Stream<Path> files = Files.walk(home)) {
            assertThat(files.filter(file -> file.toString().endsWith(".aot"))).hasSize(1);
        }
    }

    /** The files that ./skep needs, in a folder where it cannot make its own {@code .skep}. */
    private static Path readOnlyCopyOfTheLauncher(Path temp) throws IOException {
        Path copy = temp.resolve("checkout");
        Path target = Path.of("cli/target");
        List<Path> files =
                new ArrayList<>(List.of(Path.of("skep"), Path.of(".mvn/find-jdk.sh"), target.resolve("skep-cli.jar")));
        try (Stream<Path> jars = Files.list(ROOT.resolve(target).resolve("lib"))) {
            jars.map(ROOT::relativize).forEach(files::add);
        }
        for (Path file : files) {
            Files.createDirectories(copy.resolve(file).getParent());
            Files.copy(ROOT.resolve(file), copy.resolve(file));
        }
        Files.createFile(copy.resolve(".skep")); // not a folder: even root cannot write into it
        return copy;
    }
}
