package dev.skep.verifier.repair;

import dev.skep.verifier.Culprit;
import dev.skep.verifier.Fix;
import dev.skep.verifier.Place;
import dev.skep.verifier.explain.Operation;
import dev.skep.verifier.explain.Trace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** For loops without an end that can be shown, or with too many rounds. */
final class LoopCandidates {
    private static final Pattern FOR =
            Pattern.compile("^(\\s*for\\s*\\([^;]*;)\\s*([A-Za-z_]\\w*)\\s*(<=?|!=)\\s*([^;]+?)\\s*;(.*)$");

    /** Rounds to allow: the most first. */
    private static final int[] ROUNDS = {256, 32};

    private final Situation situation;

    LoopCandidates(Situation situation) {
        this.situation = situation;
    }

    List<Candidate> bounded() {
        OptionalInt head = head();
        if (head.isEmpty()) {
            return List.of();
        }
        return IntStream.of(ROUNDS)
                .mapToObj(rounds -> Candidate.of(
                        new Repair.LimitRounds(
                                head.getAsInt(), rounds, situation.safeReturn().value()),
                        fix(head.getAsInt(), rounds)))
                .toList();
    }

    /** Where the loop begins: the target of the jump back that is taken most often. */
    private OptionalInt head() {
        if (situation.rejection().culprit() instanceof Culprit.Loop(int slot)
                && situation.code().startsAt(slot)) {
            return OptionalInt.of(slot);
        }
        Trace trace = situation.trace();
        Map<Integer, Integer> targets = new HashMap<>();
        for (int index = 0; index + 1 < trace.size(); index++) {
            boolean jump = trace.operation(index) instanceof Operation.Branch
                    || trace.operation(index) instanceof Operation.Jump;
            int next = trace.place(index + 1).instruction();
            if (jump
                    && trace.frame(index) == trace.frame(index + 1)
                    && next <= trace.place(index).instruction()) {
                targets.merge(next, 1, Integer::sum);
            }
        }
        return targets.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(entry -> OptionalInt.of(entry.getKey()))
                .orElse(OptionalInt.empty());
    }

    private Fix fix(int head, int rounds) {
        String description = "limit the loop to a number of rounds that is known, here " + rounds;
        return situation.source().lines().stream()
                .filter(line -> situation.code().functionOf(head).contains(line.slot()))
                .filter(line -> FOR.matcher(line.text()).matches())
                .min((a, b) -> Integer.compare(Math.abs(a.slot() - head), Math.abs(b.slot() - head)))
                .map(line -> {
                    Place at = new Place(head, "", line.file(), line.line(), line.column(), line.text());
                    return SourceEdits.replace(at, description, limited(line.text(), rounds));
                })
                .orElseGet(() -> new Fix(situation.source().at(head), description, "", false, false));
    }

    private static String limited(String text, int rounds) {
        Matcher matcher = FOR.matcher(text);
        if (!matcher.matches()) {
            return text;
        }
        String variable = matcher.group(2);
        String condition = variable + " " + matcher.group(3) + " " + matcher.group(4);
        return matcher.group(1) + " " + condition + " && " + variable + " < " + rounds + ";" + matcher.group(5);
    }
}
