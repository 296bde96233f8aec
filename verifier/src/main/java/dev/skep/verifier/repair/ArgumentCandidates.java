package dev.skep.verifier.repair;

import dev.skep.verifier.Culprit;
import dev.skep.verifier.Fix;
import dev.skep.verifier.Place;
import dev.skep.verifier.explain.KnownValue;
import dev.skep.verifier.explain.Naming;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** For arguments of the wrong kind. */
final class ArgumentCandidates {
    private final Situation situation;
    private final Place place;

    ArgumentCandidates(Situation situation) {
        this.situation = situation;
        this.place = situation.place();
    }

    List<Candidate> helper() {
        if (!(situation.rejection().culprit() instanceof Culprit.Register(int _, int register))) {
            return List.of();
        }
        List<Candidate> found = new ArrayList<>();
        String message = situation.rejection().kernelMessage();
        String expected = message.substring(Math.max(0, message.indexOf("expected=")));
        KnownValue value = situation.register(register);
        if (expected.contains("ctx")) {
            found.add(passContext(register));
        }
        if (expected.contains("fp") && value.isScalar()) {
            found.add(passAddress(register));
        }
        if (expected.contains("fp") && value.kind().equals("ctx")) {
            found.add(passAddress(register));
        }
        return found;
    }

    private Optional<String> argument(int register) {
        return situation.evidence().callee().flatMap(callee -> Naming.argument(place, callee, register));
    }

    private Candidate passAddress(int register) {
        String description = "pass the address of the variable: the helper reads the value from there";
        Fix fix = argument(register)
                .map(text -> text.matches("[A-Za-z_][\\w.>-]*")
                        ? SourceEdits.replace(place, description, withArgument(place.text(), text, "&" + text))
                        : constant(text, description))
                .orElseGet(() -> new Fix(place, description, "", false, false));
        return Candidate.of(new Repair.PassAddress(situation.slot(), register), fix);
    }

    private Fix constant(String text, String description) {
        String bare = text.replaceFirst("^\\(.*\\*\\)\\s*", "");
        return SourceEdits.replace(
                place, description, withArgument(place.text(), text, "&(typeof(" + bare + ")){" + bare + "}"));
    }

    private Candidate passContext(int register) {
        String description = "pass the context as the program got it";
        String context = new PacketText(situation, 0, false).context();
        Fix fix = argument(register)
                .map(text -> SourceEdits.replace(place, description, withArgument(place.text(), text, context)))
                .orElseGet(() -> new Fix(place, description, "", false, false));
        return Candidate.of(new Repair.PassContext(situation.slot(), register, situation.context()), fix);
    }

    /** The line with another text for the first argument that reads {@code old}. */
    static String withArgument(String line, String old, String text) {
        int open = line.indexOf('(');
        for (int at = line.indexOf(old, open + 1); at >= 0; at = line.indexOf(old, at + 1)) {
            String before = line.substring(0, at).stripTrailing();
            String after = line.substring(at + old.length()).stripLeading();
            boolean whole =
                    (before.endsWith("(") || before.endsWith(",")) && (after.startsWith(",") || after.startsWith(")"));
            if (whole) {
                return line.substring(0, at) + text + line.substring(at + old.length());
            }
        }
        return line;
    }
}
