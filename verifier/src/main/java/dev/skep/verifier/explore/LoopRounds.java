package dev.skep.verifier.explore;

import dev.skep.verifier.Place;
import dev.skep.verifier.Statistics;
import dev.skep.verifier.program.ControlFlow;
import dev.skep.verifier.program.ProgramCode;
import dev.skep.verifier.state.Moment;
import dev.skep.verifier.state.ProgramState;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Counts how often the loops of a program go round on one path: a loop is what a jump back closes. */
final class LoopRounds {
    /** Slot of a loop's beginning to the slot of the last jump back to it. */
    private final TreeMap<Integer, Integer> loops = new TreeMap<>();

    private final List<Integer> heads;
    private final int[] most;

    LoopRounds(ProgramCode code) {
        for (int slot = 0; slot < code.slotCount(); slot++) {
            int target = code.startsAt(slot) ? ControlFlow.jumpTarget(code.at(slot), slot) : ControlFlow.NO_JUMP;
            if (target >= 0 && target <= slot) {
                loops.merge(target, slot, Math::max);
            }
        }
        heads = List.copyOf(loops.keySet());
        most = new int[heads.size()];
    }

    /** A path comes to the instruction it is at, which may be a loop's beginning. */
    void visit(ProgramState state) {
        Integer end = loops.get(state.slot());
        if (end == null) {
            return;
        }
        int loop = heads.indexOf(state.slot());
        Moment before = state.past();
        boolean again = before != null
                && before.frame() == state.frameCount() - 1
                && before.slot() >= state.slot()
                && before.slot() <= end;
        most[loop] = Math.max(most[loop], state.countRound(loop, heads.size(), again));
    }

    /** @param closing instructions at which a loop is taken to end without following each round */
    List<Statistics.Loop> followed(BitSet closing, IntFunction<Place> places) {
        List<Statistics.Loop> found = new ArrayList<>();
        for (int i = 0; i < heads.size(); i++) {
            int head = heads.get(i);
            int firstClosing = closing.nextSetBit(head);
            boolean unrolled = firstClosing < 0 || firstClosing > loops.getOrDefault(head, head);
            if (most[i] > 0) {
                found.add(new Statistics.Loop(places.apply(head), most[i], unrolled));
            }
        }
        return List.copyOf(found);
    }
}
