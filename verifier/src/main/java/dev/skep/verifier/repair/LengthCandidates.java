package dev.skep.verifier.repair;

import dev.skep.object.instruction.Opcode;
import dev.skep.verifier.Culprit;
import dev.skep.verifier.Fix;
import dev.skep.verifier.Place;
import dev.skep.verifier.explain.KnownValue;
import dev.skep.verifier.explain.Naming;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** For lengths given to helpers. */
final class LengthCandidates {
    /** Where nothing tells how much room there is. */
    private static final int SOME_ROOM = 64;

    private final Situation situation;
    private final Place place;

    LengthCandidates(Situation situation) {
        this.situation = situation;
        this.place = situation.place();
    }

    /** The length is at fault. */
    List<Candidate> length() {
        int register = situation.rejection().culprit() instanceof Culprit.Register(int _, int number) ? number : 2;
        boolean zero = situation.rejection().kernelMessage().contains("zero-sized");
        List<Candidate> found = new ArrayList<>();
        if (zero) {
            found.add(notZero(register));
        }
        int room = room(register - 1).orElse(SOME_ROOM);
        found.add(atMost(register, room));
        found.add(between(register, room));
        return found;
    }

    /** A pointer given together with a length that is too large for what it points to. */
    List<Candidate> room() {
        boolean call = situation.failing().orElseThrow().opcode() == Opcode.CALL;
        if (!call || !(situation.rejection().culprit() instanceof Culprit.Register(int _, int pointer))) {
            return List.of();
        }
        int register = pointer + 1;
        KnownValue length = situation.register(register);
        Optional<Integer> room = room(pointer);
        if (room.isEmpty() || !length.isScalar()) {
            return List.of();
        }
        return length.isConstant()
                ? List.of(replaced(register, room.get()))
                : List.of(atMost(register, room.get()), between(register, room.get()));
    }

    /** Bytes from where a register points to. */
    private Optional<Integer> room(int pointer) {
        KnownValue memory = situation.register(pointer);
        if (memory.isStack() && memory.fixedOffset() < 0) {
            return Optional.of((int) -memory.fixedOffset());
        }
        long size = memory.size() - memory.fixedOffset() - Math.max(0, memory.umax());
        return memory.size() > 0 && size > 0 ? Optional.of((int) size) : Optional.empty();
    }

    /** The room in C: of a variable on the stack, whose end the verifier does not know, its size. */
    private String roomText(int register, int room) {
        return situation
                .evidence()
                .callee()
                .filter(callee -> situation.register(register - 1).isStack())
                .flatMap(callee -> Naming.argument(place, callee, register - 1))
                .map(text -> text.replaceFirst("^&", ""))
                .filter(text -> text.matches("[A-Za-z_]\\w*"))
                .map(text -> "sizeof(" + text + ")")
                .orElseGet(() -> String.valueOf(room));
    }

    private Candidate notZero(int register) {
        SafeReturn leaving = situation.safeReturn();
        return new Candidate(
                List.of(Repair.Guard.againstNull(situation.slot(), register, leaving.value())),
                checked(
                        register,
                        "leave out the call if there is nothing",
                        name -> name + " == 0",
                        new Limits(roomText(register, room(register - 1).orElse(SOME_ROOM)), true)));
    }

    private Candidate atMost(int register, int room) {
        SafeReturn leaving = situation.safeReturn();
        boolean negative = situation.register(register).mayBeNegative();
        return new Candidate(
                List.of(new Repair.Guard(situation.slot(), register, Repair.Passes.AT_MOST, room, leaving.value())),
                checked(
                        register,
                        "limit the length to the room there is",
                        name -> NumberText.condition(name, roomText(register, room), negative),
                        new Limits(roomText(register, room), false)));
    }

    private Candidate between(int register, int room) {
        SafeReturn leaving = situation.safeReturn();
        return new Candidate(
                List.of(
                        Repair.Guard.againstNull(situation.slot(), register, leaving.value()),
                        new Repair.Guard(situation.slot(), register, Repair.Passes.AT_MOST, room, leaving.value())),
                checked(
                        register,
                        "limit the length to the room there is, and leave if there is nothing",
                        name -> name + " <= 0 || " + name + " > " + roomText(register, room),
                        new Limits(roomText(register, room), true)));
    }

    private List<Fix> checked(int register, String description, UnaryOperator<String> condition, Limits limits) {
        Optional<SpreadCall> spread = situation
                .evidence()
                .callee()
                .flatMap(callee -> SpreadCall.of(situation.source(), place, callee, register));
        return spread.isPresent()
                ? spread.get()
                        .limited(
                                situation.edits(), description, limits.most(), limits.notZero(), situation.safeReturn())
                : List.of(onLine(register, description, condition, limits));
    }

    private Fix onLine(int register, String description, UnaryOperator<String> condition, Limits limits) {
        SafeReturn leaving = situation.safeReturn();
        Optional<String> name = name(register);
        if (name.isEmpty()) {
            return new Fix(place, description, "", false, false);
        }
        boolean fragile =
                situation.mayLoseChecks() || situation.register(register).mayBeNegative();
        return Optional.of(new BoundedCopy(place, name.get()))
                .filter(copy -> fragile)
                .flatMap(copy -> copy.fix(situation.edits(), description, limits.most(), limits.notZero(), leaving))
                .orElseGet(() -> situation.edits().guard(place, description, condition.apply(name.get()), leaving));
    }

    /** Which lengths are allowed. */
    private record Limits(String most, boolean notZero) {}

    private Optional<String> name(int register) {
        return situation
                .evidence()
                .callee()
                .flatMap(callee -> Naming.argument(place, callee, register))
                .filter(text -> !text.matches("\\d+|sizeof.*"))
                .map(text -> text.matches("[\\w.>-]+") ? text : "(" + text + ")")
                .or(() -> Naming.assignedNumber(situation.evidence().chain()));
    }

    private Candidate replaced(int register, int room) {
        String description = "access no more than the " + room + " bytes that are there";
        Fix fix = situation
                .evidence()
                .callee()
                .flatMap(callee -> Naming.argument(place, callee, register))
                .map(text -> SourceEdits.replace(
                        place, description, ArgumentCandidates.withArgument(place.text(), text, String.valueOf(room))))
                .orElseGet(() -> new Fix(place, description, "", false, false));
        return Candidate.of(new Repair.Assign(situation.slot(), register, room), fix);
    }
}
