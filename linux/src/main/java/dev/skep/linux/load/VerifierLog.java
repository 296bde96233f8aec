package dev.skep.linux.load;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the kernel's verifier wrote, read as far as it can be relied on. Its text is no interface, but two things are the same since it
 * exists: instructions are written as {@code 12: (85) call ...}, and the reason of a rejection is the last thing said before the
 * statistics ({@code processed 42 insns ...}). Source lines are {@code ; text}, since 6.9 {@code ; text @ file.c:12}.
 *
 * @param text all of it @param complete false if it was too long even for the largest buffer
 */
public record VerifierLog(String text, boolean complete) {
    /** Nothing was written. */
    public static final VerifierLog EMPTY = new VerifierLog("", true);

    private static final Pattern INSTRUCTION = Pattern.compile("^(\\d+): \\([0-9a-f]{2}\\) ");
    private static final Pattern AT_INSTRUCTION = Pattern.compile("(?:insn|at|off) (\\d+)\\s*$");
    private static final Pattern SOURCE = Pattern.compile("^; (.*?)(?: @ (\\S+):(\\d+))?$");

    /** A source line as the log shows it. @param file "" before 6.9 @param line 0 before 6.9 */
    public record Source(String text, String file, int line) {}

    /** The reason: the last line before the statistics; "" if there is none. */
    public String reason() {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        for (int i = lines.size() - 1; i >= 0; i--) {
            String line = lines.get(i);
            boolean statistics = line.startsWith("processed ")
                    || line.startsWith("verification time ")
                    || line.startsWith("stack depth ")
                    || line.startsWith("insns processed")
                    || line.startsWith("max_states");
            if (!statistics) {
                return line.strip();
            }
        }
        return "";
    }

    /** The instruction the verifier was at, by slot. */
    public OptionalInt instruction() {
        OptionalInt last = OptionalInt.empty();
        for (String line : text.lines().toList()) {
            Matcher matcher = INSTRUCTION.matcher(line);
            if (matcher.find()) {
                last = slot(matcher.group(1)).isPresent() ? slot(matcher.group(1)) : last;
            }
        }
        if (last.isEmpty()) {
            // Checks before the verifier walks the program name the instruction in the reason.
            Matcher matcher = AT_INSTRUCTION.matcher(reason());
            return matcher.find() ? slot(matcher.group(1)) : last;
        }
        return last;
    }

    private static OptionalInt slot(String digits) {
        return digits.length() < 10 ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
    }

    /** The source line shown last, before the instruction the verifier was at. */
    public Optional<Source> source() {
        Optional<Source> last = Optional.empty();
        for (String line : text.lines().toList()) {
            Matcher matcher = SOURCE.matcher(line);
            if (matcher.matches()) {
                boolean placed =
                        matcher.group(2) != null && slot(matcher.group(3)).isPresent();
                last = Optional.of(new Source(
                        matcher.group(1),
                        placed ? matcher.group(2) : "",
                        placed ? slot(matcher.group(3)).getAsInt() : 0));
            }
        }
        return last;
    }
}
