package dev.skep.testkit.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What other kernels than Linux 6.18 said of the corpus: which programs they accept though 6.18 rejects them, and the reverse. One file
 * a kernel, written by {@code vm/record}; {@code docs/verifier-kernels.md} describes it.
 *
 * @param release what {@code uname -r} printed
 * @param otherwise by {@link VerifierCase#id()} or {@code OBJECT.PROGRAM}: the verdict, where it is not 6.18's
 */
public record RecordedVerdicts(String release, Map<String, Verdict> otherwise) {
    /** The releases that were asked, as {@code MAJOR.MINOR}. */
    public static final List<String> KERNELS = List.of("5.10", "6.1", "6.12", "7.3");

    private static final String RELEASE = "release ";

    /**
     * What one kernel said of one program.
     *
     * @param message the reason in the kernel's words, or what else kept the program from being loaded; "" if it was accepted
     */
    public record Verdict(boolean accepted, String message) {
        public static final Verdict ACCEPTED = new Verdict(true, "");
    }

    public RecordedVerdicts {
        otherwise = Map.copyOf(otherwise);
    }

    /** What the release {@code MAJOR.MINOR} said, if it was asked. */
    public static Optional<RecordedVerdicts> of(String kernel) {
        return KERNELS.contains(kernel) ? Optional.of(read(lines("verdicts-" + kernel + ".txt"))) : Optional.empty();
    }

    /** Whether that kernel accepts the program, of which 6.18 thinks so. */
    public boolean accepts(String program, boolean acceptedBy618) {
        Verdict verdict = otherwise.get(program);
        return verdict == null ? acceptedBy618 : verdict.accepted();
    }

    /** Programs of which {@code dev.skep.verifier} knowingly says something else than this release does, with the reason. */
    public static Map<String, String> knownDifferences(String kernel) {
        Map<String, String> reasons = new LinkedHashMap<>();
        String reason = "";
        for (String line : lines("differences.txt")) {
            if (line.startsWith("# ")) {
                reason = line.substring(2);
            } else if (line.startsWith(kernel + " ")) {
                reasons.put(line.substring(kernel.length() + 1), reason);
            }
        }
        return reasons;
    }

    /** As {@code vm/record} keeps it. @param verdicts those that are not 6.18's */
    public static String text(String release, SortedMap<String, Verdict> verdicts) {
        StringBuilder text = new StringBuilder(RELEASE).append(release).append('\n');
        verdicts.forEach((program, verdict) -> text.append(verdict.accepted() ? "accepted" : "rejected")
                .append('\t')
                .append(program)
                .append('\t')
                .append(verdict.message())
                .append('\n'));
        return text.toString();
    }

    private static RecordedVerdicts read(List<String> lines) {
        Map<String, Verdict> verdicts = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] columns = line.split("\t", -1);
            verdicts.put(columns[1], new Verdict(columns[0].equals("accepted"), columns[2]));
        }
        return new RecordedVerdicts(lines.getFirst().substring(RELEASE.length()), verdicts);
    }

    private static List<String> lines(String file) {
        try (InputStream in = Objects.requireNonNull(RecordedVerdicts.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("reading the corpus, " + file, e);
        }
    }
}
