package dev.skep.verifier.repair;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.HelperId;
import dev.skep.verifier.Culprit;
import dev.skep.verifier.Fix;
import dev.skep.verifier.Place;
import dev.skep.verifier.explain.Naming;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** For what is acquired and not given back. */
final class ReleaseCandidates {
    private static final Set<HelperId> RESERVE = Set.of(HelperId.RINGBUF_RESERVE);
    private static final Set<HelperId> LOOK_UP =
            Set.of(HelperId.SK_LOOKUP_TCP, HelperId.SK_LOOKUP_UDP, HelperId.SKC_LOOKUP_TCP);

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

    /** @param slot the last instruction before which it could still be had */
    private record Held(int slot, Repair.Side side, ValueHome home) {}

    /** Where it still is on the path: at the last branch, whose other way may give it back, and at the last instruction. */
    private List<Held> held() {
        int reference = reference();
        int end = situation.evidence().end();
        int frame = situation.trace().frame(end);
        Optional<Held> branch = Optional.empty();
        Optional<Held> last = Optional.empty();
        for (int index = end; index >= 0 && reference > 0 && branch.isEmpty(); index--) {
            Optional<Held> here = situation.trace().frame(index) == frame ? held(index, reference) : Optional.empty();
            last = last.isPresent() ? last : here;
            branch = here.filter(held -> held.side() != Repair.Side.BEFORE);
        }
        return Stream.of(branch, last).flatMap(Optional::stream).toList();
    }

    private Optional<Held> held(int index, int reference) {
        for (int register = 0; register < Code.FRAME_POINTER; register++) {
            if (situation.trace().register(index, register).reference() == reference) {
                return Optional.of(new Held(
                        situation.trace().place(index).instruction(), side(index), new ValueHome.Register(register)));
            }
        }
        return Optional.empty();
    }

    private Repair.Side side(int index) {
        return switch (situation.trace().step(index).branch()) {
            case TAKEN -> Repair.Side.JUMPING;
            case NOT_TAKEN -> Repair.Side.GOING_ON;
            case NONE -> Repair.Side.BEFORE;
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
        Optional<String> name = Naming.assigned(acquired);
        String flags = counterpart == HelperId.RINGBUF_DISCARD ? ", 0" : "";
        return name.map(variable -> leaving(description, counterpart.functionName() + "(" + variable + flags + ");"))
                .orElseGet(() -> new Fix(situation.place(), description, "", false, false));
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
                .orElseGet(() -> situation.edits().before(situation.place(), description, release));
    }
}
