package dev.skep.engine.jit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The loops of a region: a block that is entered first, and the blocks from which one gets back to it without leaving. */
final class NaturalLoops {
    /**
     * A loop.
     *
     * @param header the only block it is entered at
     * @param latches the blocks that go back to the header
     * @param body all its blocks, those of loops inside included
     */
    record Loop(int header, List<Integer> latches, BitSet body) {}

    private final Region region;
    private final List<Loop> loops = new ArrayList<>();

    NaturalLoops(Region region) {
        this.region = region;
        Map<Integer, List<Integer>> latches = new HashMap<>();
        for (int block : region.order) {
            for (int successor : region.successors[block]) {
                if (region.isBackEdge(block, successor)) {
                    latches.computeIfAbsent(successor, header -> new ArrayList<>())
                            .add(block);
                }
            }
        }
        latches.forEach(
                (header, from) -> body(header, from).ifPresent(body -> loops.add(new Loop(header, from, body))));
    }

    /** In no order; loops inside others are smaller than these. */
    List<Loop> all() {
        return loops;
    }

    /** Empty if the loop can be entered elsewhere than at the header. */
    private Optional<BitSet> body(int header, List<Integer> latches) {
        BitSet body = new BitSet(region.blocks.length);
        body.set(header);
        List<Integer> open = new ArrayList<>(latches);
        while (!open.isEmpty()) {
            int block = open.removeLast();
            if (!body.get(block)) {
                body.set(block);
                for (int entry : region.entries) {
                    if (entry == block) {
                        return Optional.empty();
                    }
                }
                open.addAll(region.predecessors.get(block));
            }
        }
        return Optional.of(body);
    }
}
