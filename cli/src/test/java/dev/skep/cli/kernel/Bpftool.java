package dev.skep.cli.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skep.testkit.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** bpftool: what our commands are compared with, and what puts something into the kernel to look at. */
public final class Bpftool {
    private Bpftool() {}

    /** Runs it. */
    public static String run(String... args) {
        List<String> command = new ArrayList<>(List.of("bpftool"));
        command.addAll(List.of(args));
        return Tools.run(command, Duration.ofSeconds(30)).expectSuccess().stdout();
    }

    /** Runs it, for JSON. */
    public static JsonNode json(String... args) {
        List<String> all = new ArrayList<>(List.of("-j"));
        all.addAll(List.of(args));
        try {
            return new JsonMapper().readTree(run(all.toArray(String[]::new)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
