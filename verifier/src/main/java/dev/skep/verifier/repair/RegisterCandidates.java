package dev.skep.verifier.repair;

import dev.skep.object.instruction.Opcode;
import dev.skep.verifier.Culprit;
import dev.skep.verifier.Fix;
import dev.skep.verifier.HistoryEntry.Event;
import dev.skep.verifier.Place;
import dev.skep.verifier.explain.Chain;
import dev.skep.verifier.explain.KnownValue;
import dev.skep.verifier.program.Subprogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** For registers that nothing was written to, and for results that must not be returned. */
final class RegisterCandidates {
    private static final Pattern RETURN = Pattern.compile("\\breturn\\b\\s*(.*?);");
    private static final int FIRST_KEPT = 6;

    private final Situation situation;
    private final Place place;

    RegisterCandidates(Situation situation) {
        this.situation = situation;
        this.place = situation.place();
    }

    List<Candidate> uninitialized() {
        if (!(situation.rejection().culprit() instanceof Culprit.Register(int _, int register))) {
            return List.of();
        }
        List<Candidate> found = new ArrayList<>();
        Optional<Chain.Link> lost = situation.evidence().loss();
        if (lost.isPresent() && register > 0 && register < FIRST_KEPT) {
            int call = lost.get().place().instruction();
            found.add(Candidate.of(
                    new Repair.KeepAcrossCall(call, register),
                    new Fix(
                            lost.get().place(),
                            "keep the value over the call: R1 to R5 hold nothing afterwards",
                            "",
                            false,
                            false)));
        }
        Subprogram function = situation.code().functionOf(situation.slot());
        boolean exits = situation.failing().orElseThrow().opcode() == Opcode.EXIT;
        if (register >= FIRST_KEPT || (register == 0 && !exits)) {
            found.add(Candidate.of(new Repair.Assign(function.start(), register, 0), initialized()));
        }
        int value = exits ? situation.safeReturn().value() : 0;
        Repair repair = new Repair.Assign(situation.slot(), register, value);
        found.add(exits ? withResult(repair, value) : Candidate.of(repair, initialized()));
        return found;
    }

    private Fix returned(int value) {
        return situation.edits().before(place, "return a value on every path", "return " + value + ";");
    }

    /** A function that is declared to return nothing has no value to return: its type changes with it. */
    private Candidate withResult(Repair repair, int value) {
        Place declared = situation
                .source()
                .at(situation.code().functionOf(situation.slot()).start());
        String text = declared.text();
        Fix result = SourceEdits.replace(
                declared, "a program returns a number", text.replaceFirst("\\bvoid (?=\\w+\\()", "int "));
        if (result.code().isEmpty()) {
            boolean nothing = new PacketText(situation, 0, false)
                    .prototype()
                    .filter(prototype -> prototype.returnType() == 0)
                    .isPresent();
            Fix said = new Fix(place, "declare that it returns a number, and return " + value, "", false, false);
            return Candidate.of(repair, nothing ? said : returned(value));
        }
        return new Candidate(List.of(repair), List.of(result, returned(value)));
    }

    /** The variable that the line uses gets a value before the branch that passes its assignment by. */
    private Fix initialized() {
        String description = "give the variable a value on every path, best where it is declared";
        return new UnassignedVariable(situation)
                .find()
                .map(found -> situation.edits().before(found.before(), description, found.name() + " = 0;"))
                .orElseGet(() -> new Fix(place, description, "", false, false));
    }

    /** A result that is not allowed becomes one that is. */
    List<Candidate> result() {
        boolean exits = situation.failing().orElseThrow().opcode() == Opcode.EXIT;
        if (!exits) {
            return List.of();
        }
        SafeReturn legal = situation.safeReturn();
        String description = "return a value that this type of program may return";
        KnownValue value = situation.register(0);
        Place where = situation
                .evidence()
                .chain()
                .last(Event.SET)
                .filter(link -> value.isConstant() && returns(link.place()))
                .map(Chain.Link::place)
                .orElse(place);
        List<Candidate> found = new ArrayList<>();
        for (int result : new int[] {legal.value(), 0, 1}) {
            found.add(Candidate.of(
                    new Repair.Assign(situation.slot(), 0, result), returning(where, description, value, result)));
        }
        return found;
    }

    /** The statement that returns, or, if only the condition that leads there is recorded, leaving by that condition before. */
    private Fix returning(Place where, String description, KnownValue value, int result) {
        Place set = situation
                .evidence()
                .chain()
                .last(Event.SET)
                .map(Chain.Link::place)
                .orElse(where);
        Optional<String> condition = LeavingCondition.of(set);
        if (!returns(where) && condition.isPresent()) {
            return situation
                    .edits()
                    .before(set, description, "if (" + condition.get() + ")", "\treturn " + result + ";");
        }
        Place statement = returns(where) ? where : set;
        String number = "\\b" + value.umin() + "\\b";
        String text = statement.text();
        boolean choice = value.isConstant() && text.contains("?") && text.matches(".*" + number + ".*");
        return SourceEdits.replace(
                statement,
                description,
                choice ? text.replaceFirst(number, String.valueOf(result)) : returning(text, result));
    }

    private static boolean returns(Place place) {
        return RETURN.matcher(place.text()).find();
    }

    private static String returning(String text, int value) {
        Matcher matcher = RETURN.matcher(text);
        return matcher.find() ? matcher.replaceFirst("return " + value + ";") : text;
    }
}
