package dev.skep.linux.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.linux.LinuxHost;
import dev.skep.object.InputException;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.host.HostException;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What libbpf loads on this kernel we load, into the same instructions: their tags are the kernel's own hash of them. */
@NeedsBpf
class LoadParityTest {
    /** Calls a weak function that is not there: libbpf marks such calls since 1.3 and so do we; older ones left them empty. */
    private static final String CALLS_WHAT_IS_ABSENT = "knows_kernel";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private Set<Path> before = Set.of();

    @BeforeEach
    void rememberPins() throws IOException {
        before = pins();
    }

    private static List<Path> objects() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String root :
                List.of("../object/src/test/c", "../linux/src/test/c", "../engine/src/test/c", "../examples")) {
            if (Files.isDirectory(Path.of(root))) {
                try (Stream<Path> files = Files.walk(Path.of(root))) {
                    files.filter(f -> f.toString().endsWith(".o") && !f.endsWith("may_goto.o"))
                            .sorted()
                            .forEach(all::add);
                }
            }
        }
        return all;
    }

    /** Objects that pin their maps by name leave them there, whoever loads them. */
    @AfterEach
    void removePins() throws IOException {
        for (Path pin : pins()) {
            if (!before.contains(pin)) {
                Files.delete(pin);
            }
        }
    }

    private static Set<Path> pins() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/sys/fs/bpf"))) {
            return files.collect(Collectors.toSet());
        }
    }

    @Test
    @NeedsTool({"gcc"})
    void whatLibbpfLoadsIsLoadedWithTheSameTags() throws IOException {
        Path tool = folder.resolve("libbpf_load");
        Tools.run(List.of("gcc", "-O1", "-o", tool.toString(), "src/test/c/libbpf_load.c", "-lbpf"), PATIENCE)
                .expectSuccess();
        List<Path> objects = objects();
        assertThat(objects).hasSizeGreaterThan(20);

        Map<String, Map<String, String>> libbpf = new LinkedHashMap<>();
        List<String> command = new ArrayList<>(List.of(tool.toString()));
        objects.forEach(file -> command.add(file.toString()));
        for (String line :
                Tools.run(command, PATIENCE).expectSuccess().stdout().lines().toList()) {
            String[] words = line.split(" ");
            if (words[1].equals("loaded")) {
                libbpf.put(words[0], new TreeMap<>());
            } else if (!words[1].equals("refused") && !words[1].equals(CALLS_WHAT_IS_ABSENT)) {
                libbpf.get(words[0]).put(words[1], words[2]);
            }
        }

        Map<String, Object> ours = new LinkedHashMap<>();
        try (LinuxHost host = LinuxHost.open()) {
            for (Path file : objects) {
                if (libbpf.containsKey(file.toString())) {
                    ours.put(file.toString(), tags(host, file));
                }
            }
        }
        assertThat(ours).isEqualTo(libbpf);
    }

    private static String name(Path file) {
        return file.getFileName().toString().replaceAll("\\.o$", "");
    }

    private static Object tags(LinuxHost host, Path file) throws IOException {
        try (LinuxObject loaded = host.load(ObjectReader.read(Files.readAllBytes(file), name(file)))) {
            Map<String, String> tags = new TreeMap<>();
            loaded.programs().stream()
                    .filter(p -> !p.spec().name().equals(CALLS_WHAT_IS_ABSENT))
                    .forEach(p -> tags.put(
                            p.spec().name(),
                            HexFormat.of().formatHex(p.info().tag().toArray())));
            return tags;
        } catch (HostException | InputException e) {
            return e.getMessage();
        }
    }
}
