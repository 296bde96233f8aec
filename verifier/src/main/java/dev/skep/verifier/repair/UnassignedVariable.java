package dev.skep.verifier.repair;

import dev.skep.object.program.FunctionSpec;
import dev.skep.verifier.Place;
import dev.skep.verifier.Step;
import dev.skep.verifier.explain.Trace;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the variable that a line uses and that only other paths give a value. */
final class UnassignedVariable {
    private static final Pattern NAME = Pattern.compile("(?<![\\w.>\"])([A-Za-z_]\\w*)\\b(?!\\s*[(\"])");
    private static final Set<String> NO_NAMES = Set.of(
            "return", "if", "else", "for", "while", "int", "long", "char", "void", "struct", "unsigned", "sizeof");

    private final Situation situation;

    UnassignedVariable(Situation situation) {
        this.situation = situation;
    }

    /** @param before the branch that leads past the assignment */
    record Found(String name, Place before) {}

    Optional<Found> find() {
        Place use = situation.place();
        Matcher matcher = NAME.matcher(use.text());
        while (matcher.find()) {
            String name = matcher.group(1);
            Optional<Found> found = NO_NAMES.contains(name) ? Optional.empty() : assignedElsewhere(name, use);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Found> assignedElsewhere(String name, Place use) {
        Pattern assignment = Pattern.compile("^\\s*(?:if\\s*\\(.*\\)\\s*)?" + Pattern.quote(name) + "\\s*=(?!=)");
        List<Integer> assigned = situation.source().lines().stream()
                .filter(line -> line.file().equals(use.file()) && line.line() < use.line())
                .filter(line -> assignment.matcher(line.text()).find())
                .map(FunctionSpec.Line::line)
                .toList();
        return assigned.stream()
                .min(Integer::compare)
                .flatMap(first -> branchBefore(first, use))
                .map(place -> new Found(name, place));
    }

    /** The last branch of the path that is not behind the first assignment. */
    private Optional<Place> branchBefore(int line, Place use) {
        Trace trace = situation.trace();
        for (int index = trace.size() - 1; index >= 0; index--) {
            Place place = trace.place(index);
            boolean branch = trace.step(index).branch() != Step.Branch.NONE;
            if (branch && place.file().equals(use.file()) && place.line() <= line && place.hasLine()) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }
}
