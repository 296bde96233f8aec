package dev.skep.e2e;

import dev.skep.testkit.Tools;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Calls {@code ./skep} as a user does, in a process of its own. */
final class Skep {
    /** The repository: tests run in the folder of their module. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    static final Path COMMAND = ROOT.resolve("skep");

    private Skep() {}

    /** Runs {@code ./skep} with these arguments in the repository's folder. */
    static Tools.Result skep(String... args) {
        return run(ROOT, COMMAND, args);
    }

    /**
     * Runs {@code skep} as it was just built: building is what this test run is in the middle of.
     *
     * @param folder where to run it
     * @param command the launcher, or a link to it
     */
    static Tools.Result run(Path folder, Path command, String... args) {
        List<String> line = new ArrayList<>(List.of("env", "SKEP_NO_BUILD=1", command.toString()));
        line.addAll(List.of(args));
        return Tools.run(line, new byte[0], folder, Duration.ofMinutes(2));
    }
}
