package dev.skep.verifier.repair;

import dev.skep.object.instruction.Instruction;
import dev.skep.verifier.Culprit;
import dev.skep.verifier.Fix;
import dev.skep.verifier.HistoryEntry.Event;
import dev.skep.verifier.Place;
import dev.skep.verifier.explain.Chain;
import dev.skep.verifier.explain.KnownValue;
import dev.skep.verifier.explain.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** For accesses to the stack: bytes never written, offsets that are not known, addresses that are not aligned. */
final class StackCandidates {
    private static final int FRAME = 512;
    private static final Pattern ASSIGNED_CAST =
            Pattern.compile("^(\\s*)\\*\\s*\\(([\\w ]+)\\*\\)\\s*(\\([^()]*\\)|[^()=]+?)\\s*=\\s*(.+);$");
    private static final Pattern ARRAY = Pattern.compile("([A-Za-z_]\\w*)\\s*\\[([^\\]\\[]+)]");

    private final Situation situation;
    private final Place place;

    StackCandidates(Situation situation) {
        this.situation = situation;
        this.place = situation.place();
    }

    /** Bytes that are read before they are written: cleared where the function starts. */
    List<Candidate> uninitialized() {
        if (!(situation.rejection().culprit() instanceof Culprit.StackSlot(int _, int offset, int size))) {
            return List.of();
        }
        int start = situation.code().functionOf(situation.slot()).start();
        List<Candidate> found = new ArrayList<>();
        Fix fix = new StackVariable(situation).cleared();
        found.add(Candidate.of(new Repair.ClearStack(start, offset, size), fix));
        situation
                .find(value -> value.isStack() && value.fixedOffset() <= offset && value.fixedOffset() < 0)
                .filter(ValueHome.Register.class::isInstance)
                .map(home -> (int)
                        situation.register(((ValueHome.Register) home).number()).fixedOffset())
                .filter(first -> first >= -FRAME)
                .ifPresent(first -> found.add(
                        Candidate.of(new Repair.ClearStack(start, first, Math.max(offset + size - first, size)), fix)));
        return found;
    }

    /** An offset that is not known: limited to the frame. */
    List<Candidate> access() {
        Optional<Chain.Link> added = situation
                .evidence()
                .chain()
                .last(Event.COMPUTED)
                .filter(link -> link.value().isPointer());
        if (added.isEmpty()) {
            return List.of();
        }
        int index = added.get().index();
        if (!(situation.trace().operation(index)
                instanceof
                Operation.Arithmetic(int target, String _, Operation.Operand.Register(int other), boolean _))) {
            return List.of();
        }
        boolean first = situation.trace().register(index, other).isScalar();
        int number = first ? other : target;
        KnownValue pointer = situation.trace().register(index, first ? target : other);
        long limit = -pointer.fixedOffset()
                - situation.evidence().accessOffset()
                - Math.max(1, situation.evidence().accessSize());
        if (limit < 0 || limit > FRAME) {
            return List.of();
        }
        SafeReturn leaving = situation.safeReturn();
        Repair guard = new Repair.Guard(
                added.get().place().instruction(), number, Repair.Passes.AT_MOST, (int) limit, leaving.value());
        return List.of(Candidate.of(guard, limited(leaving)));
    }

    private Fix limited(SafeReturn leaving) {
        String description = "leave if the index is not one of the array";
        Matcher matcher = ARRAY.matcher(place.text());
        if (!matcher.find()
                || matcher.group(2).contains("++")
                || matcher.group(2).contains("--")) {
            return new Fix(place, description, "", false, false);
        }
        String array = matcher.group(1);
        String index = matcher.group(2).strip();
        String unsigned = "(unsigned long)" + (index.matches("[\\w.>-]+") ? index : "(" + index + ")");
        return situation
                .edits()
                .guard(place, description, unsigned + " >= sizeof(" + array + ") / sizeof(" + array + "[0])", leaving);
    }

    /** An address that is no multiple of the access's size: accessed in parts. */
    List<Candidate> alignment() {
        Instruction failing = situation.failing().orElseThrow();
        String description = "copy with __builtin_memcpy(), which takes any alignment";
        Fix fix = new Fix(place, description, "", false, false);
        Matcher assigned = ASSIGNED_CAST.matcher(SourceEdits.withoutComment(place.text()));
        if (assigned.matches()) {
            String type = assigned.group(2).strip();
            String code =
                    assigned.group(1) + "__builtin_memcpy(" + assigned.group(3).strip() + ", &(" + type + "){"
                            + assigned.group(4) + "}, sizeof(" + type + "));";
            fix = SourceEdits.replace(place, description, code);
        }
        List<Candidate> found = new ArrayList<>();
        for (int size = Code.accessSize(failing) / 2; size >= 1; size /= 2) {
            found.add(Candidate.of(new Repair.SplitAccess(situation.slot(), size), fix));
        }
        return found;
    }
}
