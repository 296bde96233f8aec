package dev.skep.verifier.repair;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.HelperId;
import dev.skep.verifier.Culprit;
import dev.skep.verifier.Fix;
import dev.skep.verifier.HistoryEntry.Event;
import dev.skep.verifier.Place;
import dev.skep.verifier.explain.Chain;
import dev.skep.verifier.explain.Home;
import dev.skep.verifier.explain.KnownValue;
import dev.skep.verifier.explain.Naming;
import dev.skep.verifier.explain.Operation;
import dev.skep.verifier.explain.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** For pointers that may be null, or are none. */
final class PointerCandidates {
    private final Situation situation;
    private final Place place;

    PointerCandidates(Situation situation) {
        this.situation = situation;
        this.place = situation.place();
    }

    /** A check of the pointer that the failing instruction uses. */
    List<Candidate> againstNull() {
        Optional<Integer> register = nullable();
        if (register.isEmpty()) {
            return List.of();
        }
        SafeReturn leaving = situation.safeReturn();
        Optional<String> name = name(register.get());
        Repair repair = Repair.Guard.againstNull(situation.slot(), register.get(), leaving.value());
        String description =
                "check that " + name.map(n -> "'" + n + "'").orElse("the pointer") + " is not null before it is used";
        Fix fix = name.map(n -> situation.edits().guard(place, description, "!" + n, leaving))
                .orElseGet(() -> new Fix(place, description, "", false, false));
        return List.of(Candidate.of(repair, fix));
    }

    private Optional<Integer> nullable() {
        if (situation.rejection().culprit() instanceof Culprit.Register(int _, int number)
                && situation.register(number).mayBeNull()) {
            return Optional.of(number);
        }
        Instruction failing = situation.failing().orElseThrow();
        return List.of(failing.srcReg(), failing.dstReg(), 1, 2, 3, 4, 5).stream()
                .filter(register -> register < Code.FRAME_POINTER)
                .filter(register -> situation.register(register).mayBeNull())
                .findFirst();
    }

    private Optional<String> name(int register) {
        Optional<String> argument = situation
                .evidence()
                .callee()
                .flatMap(callee -> Naming.argument(place, callee, register))
                .filter(text -> text.matches("\\w+"));
        return argument.or(() -> Naming.ofPointer(
                situation.evidence().chain(), place, situation.evidence().writes()));
    }

    /** A number that should be a pointer. */
    List<Candidate> scalar() {
        List<Candidate> found = new ArrayList<>();
        int base = base(situation.failing().orElseThrow());
        if (base < 0) {
            return found;
        }
        Chain chain = situation.evidence().chain();
        KnownValue value = situation.register(base);
        if (value.isConstant() && value.umin() == 0) {
            chain.last(Event.CHECKED).ifPresent(check -> found.add(turned(check.place(), List.of())));
            chain.last(Event.SET).flatMap(this::knownNull).ifPresent(found::add);
        }
        found.addAll(new PacketCandidates(situation).stale(base));
        situation.evidence().loss().flatMap(this::kept).ifPresent(found::add);
        found.addAll(readByHelper());
        return found;
    }

    /** The register whose address the instruction goes to, -1 if it does not access memory. */
    private static int base(Instruction instruction) {
        return switch (instruction.instructionClass()) {
            case Opcode.BPF_LDX -> instruction.srcReg();
            case Opcode.BPF_ST, Opcode.BPF_STX -> instruction.dstReg();
            default -> -1;
        };
    }

    /** Where a pointer is found to be null, compilers use the constant from there on. */
    private Optional<Candidate> knownNull(Chain.Link set) {
        int slot = set.place().instruction();
        Trace trace = situation.trace();
        for (int index = set.index(); index >= 0; index--) {
            if (trace.operation(index) instanceof Operation.Branch branch
                    && trace.register(index, branch.left()).mayBeNull()
                    && set.home() instanceof Home.Register(int _, int target)) {
                Repair pointer = new Repair.Replace(slot, Code.move(target, branch.left()));
                return Optional.of(turned(trace.place(index), List.of(pointer)));
            }
        }
        return Optional.empty();
    }

    /** @param also what has to be changed with it */
    private Candidate turned(Place at, List<Repair> also) {
        String text = at.text();
        String turned = text.replaceFirst("\\bif \\(!(\\w[\\w.>-]*)\\)", "if ($1)");
        if (turned.equals(text)) {
            turned = text.replaceFirst("\\bif \\((\\w[\\w.>-]*)\\)", "if (!$1)");
        }
        if (turned.equals(text)) {
            turned = text.contains("==") ? text.replaceFirst("==", "!=") : text.replaceFirst("!=", "==");
        }
        List<Repair> repairs = new ArrayList<>(also);
        repairs.add(new Repair.TurnCondition(at.instruction()));
        return new Candidate(
                repairs,
                SourceEdits.replace(at, "turn the condition round: it leads here when the pointer is null", turned));
    }

    /** A copy of 32 bits that makes a number of a pointer becomes one of 64. */
    private Optional<Candidate> kept(Chain.Link loss) {
        int slot = loss.place().instruction();
        if (!situation.code().startsAt(slot)) {
            return Optional.empty();
        }
        Instruction copy = situation.code().at(slot);
        boolean narrow = copy.opcode() == (Opcode.BPF_ALU | Opcode.BPF_MOV | Opcode.BPF_X);
        String text =
                loss.place().text().replaceAll("\\((?:(?:__)?u32|(?:unsigned )?int|unsigned)\\)", "(unsigned long)");
        return narrow
                ? Optional.of(Candidate.of(
                        new Repair.Replace(slot, Code.move(copy.dstReg(), copy.srcReg())),
                        SourceEdits.replace(loss.place(), "keep all 64 bits of the pointer", text)))
                : Optional.empty();
    }

    private List<Candidate> readByHelper() {
        boolean user = situation.code().spec().section().contains("uprobe")
                || situation.code().spec().section().contains("uretprobe");
        HelperId helper = user ? HelperId.PROBE_READ_USER : HelperId.PROBE_READ_KERNEL;
        Instruction failing = situation.failing().orElseThrow();
        if (failing.instructionClass() != Opcode.BPF_LDX) {
            return List.of();
        }
        String function = helper.functionName();
        String description = "copy from an address that the verifier does not know with " + function + "()";
        List<Fix> fixes = SourceEdits.isC(place)
                ? new ReadStatement(place, function, situation.edits()).fixes(description)
                : List.of(new Fix(place, description, "", false, false));
        return List.of(new Candidate(List.of(new Repair.ReadByHelper(situation.slot(), helper.number())), fixes));
    }
}
