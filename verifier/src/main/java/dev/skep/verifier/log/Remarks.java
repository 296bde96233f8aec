package dev.skep.verifier.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a log says between two instructions. What it says after the last one is why the program is rejected; what it says before is
 * only about the types of functions, or belongs to paths that ended well.
 *
 * @param slot of the instruction before, -1 if there was none
 * @param instruction as the log writes it
 */
record Remarks(int slot, String instruction, List<String> lines) {
    private static final Pattern VERIFIERS_OWN = Pattern.compile("^(?:R\\d+|arg#\\d+|func#\\d+)\\b|\\binsn \\d");

    Remarks(int slot, String instruction) {
        this(slot, instruction, new ArrayList<>());
    }

    void add(String line) {
        lines.add(line);
    }

    /** The reason: the last message of the table and what is added to it; empty if no line is in the table. */
    List<KernelMessage> reason() {
        List<KernelMessage> known = lines.stream()
                .map(KernelMessages::find)
                .flatMap(Optional::stream)
                .toList();
        int main = known.size() - 1;
        while (main > 0 && known.get(main).supplement()) {
            main--;
        }
        if (main < 0) {
            return List.of();
        }
        // What was said before may name the register that is at fault.
        return Stream.concat(known.subList(main, known.size()).stream(), known.subList(0, main).reversed().stream())
                .toList();
    }

    /** A message of the table in the middle of a line, the last such line. */
    Optional<KernelMessage> hidden() {
        return lines.reversed().stream()
                .map(KernelMessages::search)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What the words of the lines speak for; without an instruction before, only of lines that name what verifiers name. */
    Optional<KernelMessage> guess() {
        return lines.stream()
                .filter(line -> slot >= 0 || VERIFIERS_OWN.matcher(line).find())
                .map(KernelMessages::guess)
                .flatMap(Optional::stream)
                .findFirst();
    }
}
