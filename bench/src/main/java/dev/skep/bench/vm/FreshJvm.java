package dev.skep.bench.vm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs main classes of this module in processes of their own, so that HotSpot knows of nothing else. */
final class FreshJvm {
    /** Options for a heap that is all there from the start. */
    static final List<String> WITH_WHOLE_HEAP = List.of("-XX:+UseSerialGC", "-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch");

    private FreshJvm() {}

    /** The command for it. */
    static List<String> command(List<String> options, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** What it prints. @throws IOException also if that is nothing */
    static String output(List<String> options, Class<?> main, String... arguments) throws IOException {
        Process process = new ProcessBuilder(command(options, main, arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (output.isEmpty()) {
            throw new IOException(main.getSimpleName() + " " + String.join(" ", arguments) + " printed nothing");
        }
        return output;
    }
}
