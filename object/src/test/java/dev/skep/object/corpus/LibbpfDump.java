package dev.skep.object.corpus;

import dev.skep.testkit.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs {@code tools/libbpf_dump}, which says what libbpf makes of an object. */
final class LibbpfDump {
    private static final Path VERSION_HEADER = Path.of("/usr/include/bpf/libbpf_version.h");
    private static final Pattern MINOR = Pattern.compile("#define LIBBPF_MINOR_VERSION (\\d+)");
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final Path program;

    private LibbpfDump(Path program) {
        this.program = program;
    }

    /** Builds the program in {@code folder}. */
    static LibbpfDump build(Path folder) {
        Path program = folder.resolve("libbpf_dump");
        Tools.run(List.of("gcc", "-O1", "-Wall", "-o", program.toString(), tool("libbpf_dump.c"), "-lbpf"), TIMEOUT)
                .expectSuccess();
        return new LibbpfDump(program);
    }

    /** The dump; libbpf's error if it refuses the object. */
    String of(Corpus.Compiled compiled) {
        List<String> command =
                new ArrayList<>(List.of(program.toString(), "-k", tool("kconfig"), "-s", tool("kallsyms")));
        compiled.target().ifPresent(target -> command.addAll(List.of("-t", target.toString())));
        command.add(compiled.object().toString());
        Tools.Result result = Tools.run(command, TIMEOUT);
        return result.exitCode() == 0 ? result.stdout() : "error: " + result.stderr();
    }

    /** The {@code x} of libbpf 1.x, by its headers; empty if they are not installed. */
    static Optional<Integer> minorVersion() {
        if (!Files.exists(VERSION_HEADER)) {
            return Optional.empty();
        }
        Matcher minor = MINOR.matcher(new String(Corpus.read(VERSION_HEADER), StandardCharsets.UTF_8));
        return minor.find() ? Optional.of(Integer.valueOf(minor.group(1))) : Optional.empty();
    }

    private static String tool(String name) {
        return Corpus.FOLDER.resolve("tools").resolve(name).toString();
    }
}
