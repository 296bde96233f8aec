package dev.skep.compiler.code;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The order of blocks in the code: each is followed by one it goes on with, by the likely one if there is a choice. Blocks of a
 * loop stay together, and those that only leave the function come last.
 */
final class Layout {
    /** More than the bits of a number of nested loops. */
    private static final int DEPTH_BITS = 20;

    private final ControlFlow flow;
    private final BitSet placed = new BitSet();
    private final List<MachineBlock> order = new ArrayList<>();
    /** For each block how many ways to it, ways back in loops aside, come from blocks that are not placed yet. */
    private final int[] awaited;
    /** All blocks of the flow's order before it are placed. */
    private int firstFree;

    private Layout(MachineFunction machine) {
        flow = new ControlFlow(machine);
        awaited = new int[machine.blocks().size()];
        for (MachineBlock block : flow.order()) {
            for (MachineBlock next : block.end().targets()) {
                if (flow.position(next) > flow.position(block)) {
                    awaited[next.number()]++;
                }
            }
        }
    }

    /** The blocks that are reached, in the order they had better have. */
    static List<MachineBlock> order(MachineFunction machine) {
        return new Layout(machine).place();
    }

    private List<MachineBlock> place() {
        MachineBlock last = put(flow.order().getFirst());
        while (order.size() < flow.order().size()) {
            MachineBlock before = last;
            last = put(successor(before).orElseGet(() -> other(before)));
        }
        return order;
    }

    private MachineBlock put(MachineBlock block) {
        placed.set(block.number());
        order.add(block);
        for (MachineBlock next : block.end().targets()) {
            if (flow.position(next) > flow.position(block)) {
                awaited[next.number()]--;
            }
        }
        return block;
    }

    private boolean isFree(MachineBlock block) {
        return !placed.get(block.number());
    }

    /** The block to fall into from {@code block}. */
    private Optional<MachineBlock> successor(MachineBlock block) {
        return block.end().targets().stream()
                .filter(this::isFree)
                .min(Comparator.comparing((MachineBlock next) -> -flow.depth(next))
                        .thenComparing(Layout::leaves)
                        .thenComparing(next -> !isReady(next))
                        .thenComparing(flow::position));
    }

    /** The block to go on with where {@code last} falls into none: of those that are equally good the first. */
    private MachineBlock other(MachineBlock last) {
        while (!isFree(flow.order().get(firstFree))) {
            firstFree++;
        }
        MachineBlock best = flow.order().get(firstFree);
        int least = rank(best, last);
        for (int i = firstFree + 1; least > 0 && i < flow.order().size(); i++) {
            MachineBlock candidate = flow.order().get(i);
            if (isFree(candidate) && rank(candidate, last) < least) {
                best = candidate;
                least = rank(candidate, last);
            }
        }
        return best;
    }

    /**
     * The less the better to go on with: blocks of the loop that {@code last} is in, those that all are placed before which lead
     * there, those as deep in loops, those that do not leave the function; 0 for the best.
     */
    private int rank(MachineBlock next, MachineBlock last) {
        int outside = flow.loop(last).get(next.number()) ? 0 : 1;
        boolean inNone = flow.depth(last) == 0;
        int early = isReady(next) ? 0 : 1;
        int shallower = Math.max(0, flow.depth(last) - flow.depth(next));
        return (((((inNone ? 0 : outside) * 2 + early) << DEPTH_BITS) + shallower) << 1) + (leaves(next) ? 1 : 0);
    }

    private static boolean leaves(MachineBlock block) {
        return block.end() instanceof MachineEnd.Exit;
    }

    /** True if all that come to the block, ways back in loops aside, are placed already. */
    private boolean isReady(MachineBlock block) {
        return awaited[block.number()] == 0;
    }
}
