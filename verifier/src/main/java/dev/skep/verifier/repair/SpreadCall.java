package dev.skep.verifier.repair;

import dev.skep.verifier.Fix;
import dev.skep.verifier.Place;
import dev.skep.verifier.explain.Naming;
import dev.skep.verifier.explain.Source;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A call over several lines, with an argument that is not on its first.
 *
 * @param call the line where the call begins
 * @param at the line with the whole argument
 * @param argument as it is written there
 */
record SpreadCall(Place call, Place at, String argument) {
    private static final int LONGEST = 6;

    /** The call at {@code place}; empty if the argument is on the first line, a constant, or among lines that are not recorded. */
    static Optional<SpreadCall> of(Source source, Place place, String callee, int number) {
        if (!SourceEdits.isC(place) || Naming.argument(place, callee, number).isPresent()) {
            return Optional.empty();
        }
        TreeMap<Integer, String> file = new TreeMap<>();
        source.lines().stream()
                .filter(line -> line.file().equals(place.file()))
                .forEach(line -> file.put(line.line(), line.text()));
        StringBuilder text = new StringBuilder(SourceEdits.code(place.text()));
        for (int line = place.line() + 1; line <= place.line() + LONGEST && file.containsKey(line); line++) {
            text.append(' ').append(SourceEdits.code(file.get(line)));
            Optional<String> argument = Naming.argument(withText(place, place.line(), text.toString()), callee, number);
            if (argument.isPresent()) {
                Place at = withText(place, line, file.get(line));
                return argument.filter(
                                found -> at.text().contains(found) && !found.matches("\\d+|sizeof\\s*\\([^()]*\\)"))
                        .map(found -> new SpreadCall(place, at, found));
            }
        }
        return Optional.empty();
    }

    private static Place withText(Place place, int line, String text) {
        return new Place(place.instruction(), place.function(), place.file(), line, 0, text);
    }

    /** The argument is copied and checked before the call, and the copy used in it. */
    List<Fix> limited(SourceEdits edits, String description, String limit, boolean notZero, SafeReturn leaving) {
        String name = argument.matches("\\w+") ? argument + "_checked" : "checked";
        Fix check = edits.before(
                call,
                description,
                "__u64 " + name + " = " + argument + ";",
                BoundedCopy.barrier(name),
                "if (" + (notZero ? name + " == 0 || " : "") + name + " > " + limit + ")",
                "\t" + leaving.text());
        String text = SourceEdits.withoutComment(at.text());
        int from = text.lastIndexOf(argument);
        Fix use = SourceEdits.replace(
                at,
                "use the copy that was checked",
                text.substring(0, from) + name + text.substring(from + argument.length()));
        return check.code().isEmpty() ? List.of(check) : List.of(check, use);
    }
}
