package dev.skep.compiler.pass;

import dev.skep.compiler.code.Target;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Terminator.MayContinue;
import dev.skep.object.InputException;
import dev.skep.object.KernelVersion;
import dev.skep.object.Location;
import java.util.List;

/**
 * For kernels without {@code may_goto}: has the kernel count the rounds of loops that need not be seen to end ({@code bpf_loop}). To be
 * done before {@link EntryLoops}, which makes functions of their bodies.
 */
final class LimitedLoops {
    /** BPF_MAX_LOOPS of kernel/bpf/bpf_iter.c and kernel/bpf/verifier.c: the budget of {@code may_goto} as well. */
    private static final int MOST_ROUNDS = 8 * 1024 * 1024;

    private static final KernelVersion MAY_GOTO_SINCE = new KernelVersion(6, 9);
    private static final KernelVersion BPF_LOOP_SINCE = new KernelVersion(5, 17);

    private LimitedLoops() {}

    /** @throws InputException naming the place of a loop that the target's kernels cannot count */
    static void make(List<Function> functions, Target target) {
        if (target.kernel().compareTo(MAY_GOTO_SINCE) < 0) {
            functions.forEach(function -> make(function, target));
        }
    }

    private static void make(Function function, Target target) {
        if (!MayContinue.isIn(function)) {
            return;
        }
        if (target.kernel().compareTo(BPF_LOOP_SINCE) < 0) {
            throw refusal(function);
        }
        ControlFlow flow = ControlFlow.of(function);
        Dominators dominators = new Dominators(flow);
        for (Block head : flow.order()) {
            if (head.terminator() instanceof MayContinue loop) {
                Instruction rounds = new Instruction(new Operation.Rounds(MOST_ROUNDS), loop.position());
                before(head, flow, dominators).instructions().add(rounds);
                Instruction next = Loops.append(head, new Operation.NextEntry(rounds), loop.position());
                head.terminate(new Terminator.Branch(
                        Comparison.NOT_EQUAL, next, Constant.of(0), loop.more(), loop.exhausted(), loop.position()));
            }
        }
    }

    /** The block that every way to the head comes through last: in no loop that the head is not in. */
    private static Block before(Block head, ControlFlow flow, Dominators dominators) {
        Block nearest = flow.order().getFirst();
        for (Block block : flow.order()) {
            if (block != head && dominators.dominates(block, head) && dominators.dominates(nearest, block)) {
                nearest = block;
            }
        }
        return nearest;
    }

    private static InputException refusal(Function function) {
        MayContinue loop = function.blocks().stream()
                .map(Block::terminator)
                .filter(MayContinue.class::isInstance)
                .map(MayContinue.class::cast)
                .findFirst()
                .orElseThrow();
        return new InputException(
                Location.in(loop.position().toString()),
                "loops whose rounds are not known need Linux " + BPF_LOOP_SINCE + ", and this is for an older one",
                "write a loop with a number of rounds (unroll)");
    }
}
