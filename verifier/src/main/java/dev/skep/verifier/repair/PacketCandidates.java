package dev.skep.verifier.repair;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.verifier.Culprit;
import dev.skep.verifier.Fix;
import dev.skep.verifier.HistoryEntry.Event;
import dev.skep.verifier.Place;
import dev.skep.verifier.explain.Chain;
import dev.skep.verifier.explain.KnownValue;
import dev.skep.verifier.explain.Operation;
import dev.skep.verifier.program.ControlFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** For packet bytes that may not be there. */
final class PacketCandidates {
    /** {@code MAX_PACKET_OFF}, include/linux/bpf_verifier.h: a comparison tells nothing of a pointer moved by more. */
    private static final int LARGEST_OFFSET = 0xffff;

    /** No header is longer. */
    private static final int REASONABLE_OFFSET = 1500;

    private final Situation situation;
    private final Place place;

    PacketCandidates(Situation situation) {
        this.situation = situation;
        this.place = situation.place();
    }

    /** Checks before the access that fails. */
    List<Candidate> bounds() {
        Optional<Integer> pointer = pointer();
        Optional<PacketFields> fields = PacketFields.of(situation.code().spec().type());
        if (pointer.isEmpty() || fields.isEmpty()) {
            return List.of();
        }
        int bytes = (int) (situation.evidence().accessOffset() + size(pointer.get()));
        Candidate check = check(situation.slot(), pointer.get(), bytes, fields.get());
        KnownValue value = situation.register(pointer.get());
        List<Candidate> found = new ArrayList<>();
        if (value.umax() + value.fixedOffset() + bytes > LARGEST_OFFSET || value.smin() < 0) {
            bound().ifPresent(bound -> {
                found.add(bound);
                found.add(both(bound, check));
            });
        }
        if (value.range() == 0) {
            turned().ifPresent(found::add);
        }
        found.add(check);
        return found;
    }

    /** The packet's end is compared, but goes on where too little is there. */
    private Optional<Candidate> turned() {
        Place at = situation.rejection().rootCause();
        boolean compares = !at.equals(place)
                && situation.code().startsAt(at.instruction())
                && ControlFlow.jumpTarget(situation.code().at(at.instruction()), at.instruction())
                        != ControlFlow.NO_JUMP;
        if (!compares) {
            return Optional.empty();
        }
        String text = at.text();
        boolean less = text.matches("[^<>]*[^<>-]<[^<>]*");
        boolean greater = text.matches("[^<>]*[^<>-]>[^<>]*");
        String changed = less ? text.replaceFirst("<=?", ">") : greater ? text.replaceFirst("(?<!-)>=?", "<=") : text;
        return Optional.of(Candidate.of(
                new Repair.TurnCondition(at.instruction()),
                SourceEdits.replace(
                        at, "leave where too little is there: the comparison is the wrong way round", changed)));
    }

    private static Candidate both(Candidate bound, Candidate check) {
        List<Repair> repairs = new ArrayList<>(bound.repairs());
        repairs.addAll(check.repairs());
        List<Fix> fixes = new ArrayList<>(bound.fixes());
        fixes.addAll(check.fixes());
        return new Candidate(repairs, fixes);
    }

    private Optional<Integer> pointer() {
        if (situation.rejection().culprit() instanceof Culprit.Register(int _, int number)) {
            return Optional.of(number).filter(n -> situation.register(n).isPacket());
        }
        Instruction failing = situation.failing().orElseThrow();
        return List.of(failing.srcReg(), failing.dstReg(), 1, 2, 3, 4, 5).stream()
                .filter(number -> number < Code.FRAME_POINTER)
                .filter(number -> situation.register(number).isPacket())
                .findFirst();
    }

    /** Bytes that are accessed: for a call, what the argument after the pointer says. */
    private long size(int pointer) {
        if (situation.failing().orElseThrow().instructionClass() != Opcode.BPF_JMP) {
            return situation.evidence().accessSize();
        }
        KnownValue length = situation.register(pointer + 1);
        return length.isScalar() && length.umax() > 0 && length.umax() <= LARGEST_OFFSET ? length.umax() : Long.BYTES;
    }

    private Candidate check(int slot, int register, int bytes, PacketFields fields) {
        SafeReturn leaving = situation.safeReturn();
        boolean metadata = situation.register(register).kind().equals("pkt_meta");
        Optional<ValueHome> end = metadata
                ? Optional.empty()
                : situation.find(value -> value.kind().equals("pkt_end"));
        PacketFields limits = metadata ? fields.ofMetadata() : fields;
        Repair guard = new Repair.PacketGuard(slot, register, bytes, end, situation.context(), limits, leaving.value());
        PacketText text = new PacketText(situation, bytes, metadata);
        String description =
                "compare with the packet's " + (metadata ? "start" : "end") + " before the access" + text.reservation();
        Fix fix = text.condition()
                .map(condition -> situation.edits().guard(place, description, condition, leaving))
                .orElseGet(() -> new Fix(place, description, "", false, false));
        return Candidate.of(guard, fix);
    }

    /** A limit for the number that was added to the pointer. */
    private Optional<Candidate> bound() {
        return situation
                .evidence()
                .chain()
                .last(Event.COMPUTED)
                .filter(link -> link.value().isPacket())
                .flatMap(link -> number(link).map(number -> limited(link, number)));
    }

    private Optional<Integer> number(Chain.Link added) {
        return situation.trace().operation(added.index())
                                instanceof
                                Operation.Arithmetic(int _, String _, Operation.Operand.Register(int other), boolean _)
                        && situation.trace().register(added.index(), other).isScalar()
                ? Optional.of(other)
                : Optional.empty();
    }

    private Candidate limited(Chain.Link added, int number) {
        SafeReturn leaving = situation.safeReturn();
        Repair guard = new Repair.Guard(
                added.place().instruction(), number, Repair.Passes.AT_MOST, REASONABLE_OFFSET, leaving.value());
        String description =
                "limit the number before it is added to a packet pointer: of a pointer that is moved by more than "
                        + LARGEST_OFFSET + " bytes a comparison tells nothing";
        Fix fix = new NumberText(situation)
                .checked(added, REASONABLE_OFFSET)
                .map(condition -> situation.edits().guard(added.place(), description, condition, leaving))
                .orElseGet(() -> new Fix(added.place(), description, "", false, false));
        return Candidate.of(guard, fix);
    }

    /** A packet pointer that a helper made invalid: it is read again. */
    List<Candidate> stale(int register) {
        Optional<Chain.Link> lost =
                situation.evidence().loss().filter(link -> link.text().contains("packet"));
        Optional<PacketFields> fields = PacketFields.of(situation.code().spec().type());
        if (lost.isEmpty() || fields.isEmpty()) {
            return List.of();
        }
        KnownValue before =
                situation.trace().value(lost.get().index(), lost.get().home());
        int bytes = (int)
                (situation.evidence().accessOffset() + situation.evidence().accessSize());
        ValueHome context = situation.context();
        Repair reload =
                new Repair.ReloadPacket(situation.slot(), register, (int) before.fixedOffset(), context, fields.get());
        Repair check = new Repair.PacketGuard(
                situation.slot(),
                register,
                bytes,
                Optional.empty(),
                context,
                fields.get(),
                situation.safeReturn().value());
        Fix fix = new PacketText(situation, bytes, false).reloaded(lost.get(), situation.safeReturn());
        return List.of(new Candidate(List.of(reload, check), fix));
    }
}
