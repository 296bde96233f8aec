package dev.skep.verifier.explore;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.verifier.Place;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.Rejection;
import dev.skep.verifier.Step;
import dev.skep.verifier.explain.KernelInstructionText;
import dev.skep.verifier.explain.Source;
import dev.skep.verifier.explain.StateText;
import dev.skep.verifier.program.ControlFlow;
import dev.skep.verifier.program.ProgramCode;
import dev.skep.verifier.state.Moment;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.transfer.Paths;
import dev.skep.verifier.transfer.Transfer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Executes one path again, instruction by instruction, and writes down what is known before each: exploring keeps only where a
 * path went, for most paths are never asked about.
 */
final class Replay implements Paths {
    private final ProgramCode code;
    private final Source source;
    private final List<Moment> moments;
    private final int firstKept;
    private final List<ProgramState> forks = new ArrayList<>();
    private int lastId;

    /**
     * @param last the failing instruction
     * @param kept so many steps before and with it are written down
     */
    Replay(ProgramCode code, Source source, @Nullable Moment last, int kept) {
        this.code = code;
        this.source = source;
        moments = new ArrayList<>();
        for (Moment at = last; at != null; at = at.previous()) {
            moments.add(at);
        }
        firstKept = Math.max(0, moments.size() - kept);
    }

    /** Where the path starts, -1 if it has no instruction. */
    int start() {
        return moments.isEmpty() ? -1 : moments.getLast().slot();
    }

    /** The path from {@code first} on. */
    Rejection.Path path(ProgramState first, Transfer transfer) {
        List<Step> steps = new ArrayList<>();
        ProgramState state = first;
        for (int index = 0; index < moments.size(); index++) {
            Moment moment = moments.get(moments.size() - 1 - index);
            boolean follows = state != null && state.slot() == moment.slot();
            if (index >= firstKept) {
                steps.add(step(moment, index, follows ? state : null));
            }
            boolean goesOn = follows && index + 1 < moments.size();
            state = state != null && goesOn ? next(state, moment, transfer) : null;
        }
        return new Rejection.Path(firstKept, steps);
    }

    /** The state after an instruction, on the way the path took; null if it cannot be told. */
    private @Nullable ProgramState next(ProgramState state, Moment moment, Transfer transfer) {
        forks.clear();
        try {
            transfer.step(state);
        } catch (Refusal loopsDiffer) { // what a loop forgot while exploring is known again here: the steps stay,
            // without states
            return null;
        }
        if (moment.choice() == 0) {
            return state;
        }
        return moment.choice() <= forks.size() ? forks.get(moment.choice() - 1) : null;
    }

    private Step step(Moment moment, int index, @Nullable ProgramState state) {
        int slot = moment.slot();
        Place place = source.at(slot);
        SequencedMap<String, String> known = state == null ? new LinkedHashMap<>() : StateText.of(state.frame());
        if (!code.startsAt(slot)) {
            return new Step(place, moment.frame(), "", Step.Branch.NONE, known);
        }
        String text = KernelInstructionText.of(code.at(slot), callee(slot));
        return new Step(place, moment.frame(), text, branch(index, code.at(slot)), known);
    }

    private String callee(int slot) {
        return code.kernelFunction(slot).orElse("");
    }

    private Step.Branch branch(int index, Instruction instruction) {
        int kind = instruction.instructionClass();
        boolean jump = kind == Opcode.BPF_JMP || kind == Opcode.BPF_JMP32;
        int operation = instruction.opcode() & 0xf0;
        boolean conditional = jump
                && operation != Opcode.BPF_JA
                && operation != (Opcode.CALL & 0xf0)
                && operation != (Opcode.EXIT & 0xf0);
        if (!conditional) {
            return Step.Branch.NONE;
        }
        int slot = moments.get(moments.size() - 1 - index).slot();
        int next = index + 1 < moments.size()
                ? moments.get(moments.size() - 2 - index).slot()
                : -1;
        return next == ControlFlow.jumpTarget(instruction, slot) && next != slot + 1
                ? Step.Branch.TAKEN
                : Step.Branch.NOT_TAKEN;
    }

    @Override
    public void fork(ProgramState other) {
        forks.add(other);
    }

    @Override
    public int newId() {
        return ++lastId;
    }

    @Override
    public void compareNumbersExactly() {
        // states are not compared here
    }

    @Override
    public void markPrecise(ProgramState state, int register) {
        // states are not compared here
    }

    @Override
    public void markSlotPrecise(ProgramState state, int frame, int slot) {
        // states are not compared here
    }

    @Override
    public void widen(ProgramState state, int slot) {
        // what is known on this one path may stay
    }
}
