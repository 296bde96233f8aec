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
    private final ControlFlow flow;
    private final BitSet placed = new BitSet();
    private final List<MachineBlock> order = new ArrayList<>();

    private Layout(MachineFunction machine) {
        flow = new ControlFlow(machine);
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

    /** The block to go on with where {@code last} falls into none. */
    private MachineBlock other(MachineBlock last) {
        BitSet loop = flow.loop(last);
        return flow.order().stream()
                .filter(this::isFree)
                .min(Comparator.comparing((MachineBlock next) -> !loop.get(next.number()))
                        .thenComparing(next -> !isReady(next))
                        .thenComparing(next -> -Math.min(flow.depth(next), flow.depth(last)))
                        .thenComparing(Layout::leaves)
                        .thenComparing(flow::position))
                .orElseThrow();
    }

    private static boolean leaves(MachineBlock block) {
        return block.end() instanceof MachineEnd.Exit;
    }

    /** True if all that come to the block, ways back in loops aside, are placed already. */
    private boolean isReady(MachineBlock block) {
        return flow.predecessors(block).stream()
                .allMatch(before -> !isFree(before) || flow.position(before) >= flow.position(block));
    }
}
