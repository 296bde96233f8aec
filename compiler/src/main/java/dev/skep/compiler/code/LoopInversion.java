package dev.skep.compiler.code;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Lets loops decide at their end whether to go on, instead of jumping back to where they decide at their start: the few instructions
 * there are written once more, and each round has one jump less.
 */
final class LoopInversion {
    /** So many instructions before the decision are worth writing twice. */
    private static final int FEW = 4;

    private LoopInversion() {}

    static void invert(MachineFunction machine) {
        ControlFlow flow = new ControlFlow(machine);
        for (MachineBlock head : flow.order()) {
            if (isShortDecision(head, flow.loop(head))) {
                for (MachineBlock last : flow.predecessors(head)) {
                    if (last.end() instanceof MachineEnd.Go && flow.position(last) >= flow.position(head)) {
                        decideAtEnd(last, head);
                    }
                }
            }
        }
    }

    /** True if the block decides between going round its loop and leaving it. */
    private static boolean isShortDecision(MachineBlock head, BitSet loop) {
        return head.end() instanceof MachineEnd.Branch branch
                && head.instructions().size() <= FEW
                && loop.get(branch.taken().number())
                        != loop.get(branch.otherwise().number());
    }

    private static void decideAtEnd(MachineBlock last, MachineBlock head) {
        List<MachineInstruction> instructions = new ArrayList<>(last.instructions());
        instructions.addAll(head.instructions());
        last.replaceInstructions(instructions);
        last.endWith(head.end());
    }
}
