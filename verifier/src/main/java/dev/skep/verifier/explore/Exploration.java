package dev.skep.verifier.explore;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Place;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.Statistics;
import dev.skep.verifier.VerifierOptions;
import dev.skep.verifier.kernel.Capability;
import dev.skep.verifier.kernel.Limits;
import dev.skep.verifier.program.ControlFlow;
import dev.skep.verifier.program.ProgramCode;
import dev.skep.verifier.program.RegisterLiveness;
import dev.skep.verifier.state.Checkpoint;
import dev.skep.verifier.state.Moment;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.transfer.Paths;
import dev.skep.verifier.transfer.Transfer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Follows every path of a program, depth first, until all have ended or a rule refuses one. */
public final class Exploration implements Paths {
    private final ProgramCode code;
    private final VerifierOptions options;
    private final ControlFlow flow;
    private final Precision precision;
    private final StateComparison comparison;
    private final Joins joins;
    private final Deque<ProgramState> waiting = new ArrayDeque<>();
    private final long[] visits;
    private final LoopRounds loops;

    private @Nullable ProgramState current;
    private int forks;
    private int lastId;
    private long instructions;
    private long jumps;

    public Exploration(
            ProgramCode code, ControlFlow flow, RegisterLiveness liveness, Limits limits, VerifierOptions options) {
        this.code = code;
        this.flow = flow;
        this.options = options;
        precision = new Precision(code);
        comparison = new StateComparison(code, liveness, options.capabilities());
        boolean limited = !options.has(Capability.BPF);
        joins = new Joins(code, comparison, precision, limited ? limits.statesPerInstruction() : Integer.MAX_VALUE);
        visits = new long[code.slotCount()];
        loops = new LoopRounds(code);
    }

    /** States are kept and compared at each visit of this call, as it is where a loop closes. @param iterator it advances an iterator */
    public void closeLoopsAt(int slot, boolean iterator) {
        flow.addJoin(slot);
        joins.closeLoopsAt(slot, iterator);
    }

    /**
     * Follows every path from {@code start} on.
     *
     * @throws Refusal if a rule refuses one; {@link #failed} then tells which
     */
    public void run(ProgramState start, Transfer transfer) {
        joins.clear();
        waiting.push(start);
        while (!waiting.isEmpty()) {
            current = waiting.pop();
            follow(current, transfer);
        }
        current = null;
    }

    private void follow(ProgramState state, Transfer transfer) {
        boolean goesOn = true;
        while (goesOn) {
            int slot = state.slot();
            if (!code.startsAt(slot)) {
                throw new Refusal(Cause.CONTROL_FLOW, "invalid insn idx " + slot + " insn_cnt " + code.slotCount());
            }
            if (++instructions > options.instructionLimit()) {
                throw new Refusal(Cause.TOO_COMPLEX, "BPF program is too large. Processed " + instructions + " insn");
            }
            if (flow.isJoin(slot) && joins.isCovered(state, jumps, instructions)) {
                break;
            }
            if (!state.speculative()) {
                visits[slot]++;
                loops.visit(state);
            }
            if (isJump(code.at(slot))) {
                jumps++;
                state.countJump();
            }
            forks = 0;
            state.record();
            goesOn = transfer.step(state);
        }
        joins.endPath(state);
    }

    private static boolean isJump(Instruction instruction) {
        int kind = instruction.instructionClass();
        return kind == Opcode.BPF_JMP || kind == Opcode.BPF_JMP32;
    }

    @Override
    public void fork(ProgramState other) {
        Moment past = other.past();
        if (past != null) {
            other.setPast(past.otherwise(++forks));
        }
        Checkpoint parent = other.parent();
        if (parent != null) {
            parent.addBranch();
        }
        waiting.push(other);
        if (waiting.size() > options.branchLimit()) {
            throw new Refusal(Cause.TOO_COMPLEX, "The sequence of " + waiting.size() + " jumps is too complex.");
        }
    }

    @Override
    public int newId() {
        return ++lastId;
    }

    @Override
    public void compareNumbersExactly() {
        comparison.compareNumbersExactly();
    }

    @Override
    public void markPrecise(ProgramState state, int register) {
        precision.wantRegister(state.frame().depth(), register);
        trackBeforeNow(state);
    }

    @Override
    public void markSlotPrecise(ProgramState state, int frame, int slot) {
        precision.wantSlot(frame, slot);
        trackBeforeNow(state);
    }

    /** What is wanted are values before the current instruction. */
    private void trackBeforeNow(ProgramState state) {
        Moment now = state.past();
        precision.track(now == null ? null : now.previous(), state.parent(), now == null ? 0 : now.frame());
    }

    @Override
    public void widen(ProgramState state, int slot) {
        Checkpoint last = state.parent();
        if (last != null && isThisVisit(last, state)) {
            last = last.parent();
        }
        while (last != null && !isSamePlace(last.state(), state, slot)) {
            last = last.parent();
        }
        if (last != null) {
            Widening.apply(last, state);
        }
    }

    @SuppressWarnings("ReferenceEquality") // whether it is the same visit, not one like it
    private static boolean isThisVisit(Checkpoint checkpoint, ProgramState state) {
        Moment now = state.past();
        return now != null && checkpoint.state().past() == now.previous();
    }

    private static boolean isSamePlace(ProgramState old, ProgramState state, int slot) {
        if (old.slot() != slot || old.frameCount() != state.frameCount()) {
            return false;
        }
        for (int depth = 0; depth < old.frameCount(); depth++) {
            if (old.frame(depth).entry().callSite()
                    != state.frame(depth).entry().callSite()) {
                return false;
            }
        }
        return true;
    }

    /** The state that was refused, as far as the instruction had changed it; null if all went well. */
    public @Nullable ProgramState failed() {
        return current;
    }

    /** Instructions followed so far, over all paths. */
    public long instructions() {
        return instructions;
    }

    /** How often the instruction at {@code slot} was followed. */
    public long visits(int slot) {
        return visits[slot];
    }

    /** The loops that were followed. */
    List<Statistics.Loop> loops(IntFunction<Place> places) {
        return loops.followed(joins.loopEnds(), places);
    }

    public int peakStates() {
        return joins.peakStates();
    }

    public int totalStates() {
        return joins.totalStates();
    }
}
