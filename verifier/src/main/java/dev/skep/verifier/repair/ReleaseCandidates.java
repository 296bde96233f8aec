package dev.skep.verifier.repair;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.HelperId;
import dev.skep.verifier.Culprit;
import dev.skep.verifier.Fix;
import dev.skep.verifier.Place;
import dev.skep.verifier.Step;
import dev.skep.verifier.explain.Naming;
import dev.skep.verifier.explain.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** For what is acquired and not given back. */
final class ReleaseCandidates {
    private static final Set<HelperId> RESERVE = Set.of(HelperId.RINGBUF_RESERVE);
    private static final Set<HelperId> LOOK_UP =
            Set.of(HelperId.SK_LOOKUP_TCP, HelperId.SK_LOOKUP_UDP, HelperId.SKC_LOOKUP_TCP);

    private static final Pattern NULL_TEST =
            Pattern.compile("if \\(!\\s*(\\w+)\\)|if \\((\\w+)\\s*(?:[!=]=\\s*NULL)?\\)");
    private static final Pattern BODY = Pattern.compile("(?:}\\s*)?(?:else\\s+)?if\\s*\\(.*\\)\\s*\\{");

    private final Situation situation;

    ReleaseCandidates(Situation situation) {
        this.situation = situation;
    }

    List<Candidate> release() {
        if (!(situation.rejection().culprit() instanceof Culprit.Acquired(String _, int acquiredAt))
                || !situation.code().startsAt(acquiredAt)) {
            return List.of();
        }
        Optional<HelperId> counterpart = counterpart(situation.code().at(acquiredAt));
        if (counterpart.isEmpty()) {
            return List.of();
        }
        Fix fix = fix(situation.source().at(acquiredAt), counterpart.get());
        return held().stream()
                .map(held -> Candidate.of(
                        new Repair.Release(
                                held.slot(),
                                held.side(),
                                held.home(),
                                counterpart.get().number()),
                        fix))
                .toList();
    }

    private static Optional<HelperId> counterpart(Instruction call) {
        if (call.opcode() != Opcode.CALL || call.srcReg() != 0) {
            return Optional.empty();
        }
        Optional<HelperId> helper = HelperId.of(call.imm());
        if (helper.filter(RESERVE::contains).isPresent()) {
            return Optional.of(HelperId.RINGBUF_DISCARD);
        }
        return helper.filter(LOOK_UP::contains).isPresent() ? Optional.of(HelperId.SK_RELEASE) : Optional.empty();
    }

    /** @param slot an instruction on the path @param home where it is then */
    private record Held(int slot, Repair.Side side, ValueHome home) {}

    /** Where it still is on the path: on the way to the last instruction, at the last branch, and anywhere before that instruction. */
    private List<Held> held() {
        int reference = reference();
        int end = situation.evidence().end();
        int frame = situation.trace().frame(end);
        List<Held> found = new ArrayList<>();
        boolean branch = false;
        for (int index = end; index >= 0 && reference > 0 && !branch; index--) {
            Optional<ValueHome> home =
                    situation.trace().frame(index) == frame ? home(index, reference) : Optional.empty();
            if (home.isPresent()) {
                branch = situation.trace().step(index).branch() != Step.Branch.NONE;
                if (branch || found.isEmpty()) {
                    found.add(new Held(instruction(index), side(index, Repair.Side.BEFORE), home.get()));
                }
                if (found.size() == 1 && index > 0 && situation.trace().frame(index - 1) == frame) {
                    found.addFirst(new Held(instruction(index - 1), side(index - 1, Repair.Side.AFTER), home.get()));
                }
            }
        }
        return found;
    }

    private int instruction(int index) {
        return situation.trace().place(index).instruction();
    }

    private Optional<ValueHome> home(int index, int reference) {
        for (int register = 0; register < Code.FRAME_POINTER; register++) {
            if (situation.trace().register(index, register).reference() == reference) {
                return Optional.of(new ValueHome.Register(register));
            }
        }
        return Optional.empty();
    }

    private Repair.Side side(int index, Repair.Side otherwise) {
        return switch (situation.trace().step(index).branch()) {
            case TAKEN -> Repair.Side.JUMPING;
            case NOT_TAKEN -> Repair.Side.GOING_ON;
            case NONE -> otherwise;
        };
    }

    /** The id that states give what is held: that of the last value that has one. */
    private int reference() {
        for (int index = situation.evidence().end(); index >= 0; index--) {
            for (int register = 0; register < Code.FRAME_POINTER; register++) {
                int id = situation.trace().register(index, register).reference();
                if (id > 0) {
                    return id;
                }
            }
        }
        return 0;
    }

    private Fix fix(Place acquired, HelperId counterpart) {
        String description = "give back what " + (acquired.hasLine() ? "line " + acquired.line() : "was acquired")
                + " acquired before leaving";
        Optional<String> name = Naming.assigned(acquired).or(this::testedForNull);
        String flags = counterpart == HelperId.RINGBUF_DISCARD ? ", 0" : "";
        return name.map(variable -> leaving(description, counterpart.functionName() + "(" + variable + flags + ");"))
                .orElseGet(() -> new Fix(situation.place(), description, "", false, false));
    }

    /** What the comparison with null calls it, where an inlined function acquired it. */
    private Optional<String> testedForNull() {
        for (int index = situation.evidence().end(); index >= 0; index--) {
            Matcher test = NULL_TEST.matcher(situation.trace().place(index).text());
            if (situation.trace().operation(index) instanceof Operation.Branch branch
                    && situation.trace().register(index, branch.left()).reference() > 0
                    && situation.trace().register(index, branch.left()).mayBeNull()
                    && test.find()) {
                return Optional.of(test.group(1) == null ? test.group(2) : test.group(1));
            }
        }
        return Optional.empty();
    }

    /** The return itself is seldom recorded: the condition that leads to it is, and can be asked once more before. */
    private Fix leaving(String description, String release) {
        Place root = situation.rejection().rootCause();
        Optional<String> condition = LeavingCondition.of(root);
        return condition
                .map(test -> situation
                        .edits()
                        .before(
                                root,
                                description,
                                "if (" + test + ") {",
                                "\t" + release,
                                "\t" + situation.safeReturn().text(),
                                "}"))
                .orElseGet(() -> inBody(root, description, release)
                        .orElseGet(() -> isEndOfFunction(situation.place())
                                ? new Fix(situation.place(), description, "", false, false)
                                : situation.edits().before(situation.place(), description, release)));
    }

    /** All ways out go through the end of a function, also those that give it back. */
    private static boolean isEndOfFunction(Place place) {
        return place.text().startsWith("}");
    }

    /** At the end of the condition's body, if the path goes through it: behind its last line, or before it if that leaves. */
    private Optional<Fix> inBody(Place condition, String description, String release) {
        return IntStream.range(0, situation.trace().size())
                .mapToObj(situation.trace()::place)
                .dropWhile(place -> !place.equals(condition))
                .filter(place -> isInBody(place, condition))
                .reduce((_, later) -> later)
                .flatMap(last -> atEnd(last, description, release));
    }

    private Optional<Fix> atEnd(Place last, String description, String release) {
        if (SourceEdits.code(last.text()).matches("(?:return|goto|break|continue)\\b.*")) {
            return Optional.of(situation.edits().before(last, description, release));
        }
        String behind = last.text() + "\n" + SourceEdits.indentation(last.text()) + release;
        return situation.edits().isExpression(last)
                ? Optional.of(new Fix(last, description, behind, true, false))
                : Optional.empty();
    }

    private static boolean isInBody(Place place, Place condition) {
        return BODY.matcher(SourceEdits.code(condition.text())).matches()
                && place.line() > condition.line()
                && place.file().equals(condition.file())
                && SourceEdits.indentation(place.text()).length()
                        > SourceEdits.indentation(condition.text()).length();
    }
}
