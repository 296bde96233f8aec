package dev.skep.verifier.repair;

import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.program.ProgramSpec;
import dev.skep.testkit.Tools;
import dev.skep.verifier.Fix;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Verifier;
import dev.skep.verifier.VerifierOptions;
import dev.skep.verifier.kernel.KernelModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of C with programs that are rejected. Each says with which cause, and marks the line to change with {@code // cause}; marks
 * and programs are in the same order.
 */
final class Mistakes {
    private static final Path FOLDER = Path.of("src/test/resources/dev/skep/verifier/repair");
    private static final Path HEADERS = Path.of("..", "testkit", "src", "main", "c");
    private static final Pattern PROGRAM = Pattern.compile("REJECTED\\(\"([\\w-]+)\"\\)\\s*\\w+\\s+(\\w+)\\(");
    private static final VerifierOptions OPTIONS = VerifierOptions.DEFAULT.withRepairs(12);
    private static final KernelModel KERNEL = KernelModel.of(KernelVersion.of("6.18"));

    private final String name;
    private final List<String> lines;
    private final Path folder;
    private final Map<String, String> causes = new LinkedHashMap<>();
    private final Map<String, Integer> marks = new LinkedHashMap<>();

    /** One of this test's files. @param folder for what is compiled */
    Mistakes(String name, Path folder) {
        this(FOLDER.resolve(name + ".bpf.c"), folder);
        if (marks.size() != causes.size()) {
            throw new IllegalStateException(
                    name + " has " + causes.size() + " programs and " + marks.size() + " marks");
        }
    }

    /** One of the corpus's files, in which nothing is marked. @param folder for what is compiled */
    static Mistakes ofCorpus(String name, Path folder) {
        return new Mistakes(HEADERS.resolve(name + ".bpf.c"), folder);
    }

    private Mistakes(Path source, Path folder) {
        this.name = source.getFileName().toString().replace(".bpf.c", "");
        this.folder = folder;
        String text = read(source);
        lines = List.of(text.split("\\R", -1));
        List<Integer> marked = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith("// cause")) {
                marked.add(i + 1);
            }
        }
        Matcher matcher = PROGRAM.matcher(text);
        while (matcher.find()) {
            causes.put(matcher.group(2), matcher.group(1));
            if (marks.size() < marked.size()) {
                marks.put(matcher.group(2), marked.get(marks.size()));
            }
        }
    }

    /** Verdicts by program on the file as it is. */
    Map<String, ProgramVerdict> verdicts() {
        return verify(compile(lines).orElseThrow());
    }

    /** The cause that each program expects. */
    Map<String, String> causes() {
        return Collections.unmodifiableMap(causes);
    }

    /** The line that each program marks. */
    Map<String, Integer> marks() {
        return Collections.unmodifiableMap(marks);
    }

    /** The verdict on a program with {@code fixes} in its source; empty if it cannot be compiled then. */
    Optional<ProgramVerdict> repaired(String program, List<Fix> fixes) {
        return compile(changed(fixes)).map(object -> verify(object).get(program));
    }

    /**
     * The programs that are accepted with their fixes in the source: compiled together if that goes, for programs do not share
     * lines, else one by one.
     */
    Set<String> accepted(Map<String, List<Fix>> fixes) {
        List<Fix> all = fixes.values().stream().flatMap(List::stream).toList();
        Optional<BpfObject> together = compile(changed(all));
        Set<String> accepted = new TreeSet<>();
        if (together.isPresent()) {
            verify(together.get()).forEach((program, verdict) -> {
                if (verdict.isAccepted() && fixes.containsKey(program)) {
                    accepted.add(program);
                }
            });
            return accepted;
        }
        fixes.forEach((program, own) ->
                repaired(program, own).filter(ProgramVerdict::isAccepted).ifPresent(verdict -> accepted.add(program)));
        return accepted;
    }

    /** The lines with fixes in them. */
    List<String> changed(List<Fix> fixes) {
        List<String> changed = new ArrayList<>(lines);
        fixes.stream()
                .sorted(Comparator.comparing((Fix fix) -> fix.place().line())
                        .thenComparing(fix -> fix.replaces())
                        .reversed())
                .filter(fix -> fix.place().hasLine())
                .forEach(fix -> {
                    int at = fix.place().line() - 1;
                    if (fix.replaces()) {
                        changed.set(at, fix.code());
                    } else {
                        changed.add(at, fix.code());
                    }
                });
        return changed;
    }

    private static Map<String, ProgramVerdict> verify(BpfObject object) {
        Map<String, ProgramVerdict> verdicts = new LinkedHashMap<>();
        for (ProgramSpec program : object.programs()) {
            verdicts.put(program.name(), Verifier.verify(object, program, KERNEL, OPTIONS));
        }
        return verdicts;
    }

    private Optional<BpfObject> compile(List<String> source) {
        try {
            Path file = folder.resolve(name + ".bpf.c");
            Path output = folder.resolve(name + ".bpf.o");
            Files.write(file, source);
            Tools.Result result = Tools.run(
                    List.of(
                            "clang-19",
                            "-O2",
                            "-g",
                            "-target",
                            "bpf",
                            "-mcpu=v3",
                            "-D__TARGET_ARCH_x86",
                            "-I/usr/include/x86_64-linux-gnu",
                            "-I" + HEADERS.toAbsolutePath(),
                            "-c",
                            file.toString(),
                            "-o",
                            output.toString()),
                    Duration.ofMinutes(1));
            return result.exitCode() == 0
                    ? Optional.of(ObjectReader.read(Files.readAllBytes(output), name))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
