package dev.skep.compiler.code;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which registers cannot be the same, since they hold different values at the same time, and which had better be, since one is
 * copied into the other. Registers can be merged into one.
 */
final class InterferenceGraph {
    /** A copy. @param weight how much it costs: how often it is done, roughly */
    record Copy(int destination, int source, long weight) {}

    /** What a loop multiplies costs by. */
    private static final long LOOP_WEIGHT = 10;

    private static final int DEEPEST = 8;

    private final BitSet[] neighbours;
    private final int[] degrees;
    private final int[] mergedInto;
    private final long[] costs;
    private final List<Copy> copies = new ArrayList<>();

    InterferenceGraph(MachineFunction machine, ControlFlow flow, Liveness liveness) {
        int count = machine.registerCount();
        neighbours = new BitSet[count];
        degrees = new int[count];
        mergedInto = new int[count];
        costs = new long[count];
        for (int i = 0; i < count; i++) {
            neighbours[i] = new BitSet();
            mergedInto[i] = i;
        }
        flow.order()
                .forEach(block -> add(block, weight(flow.depth(block)), (BitSet)
                        liveness.atEnd(block).clone()));
        copies.sort((one, other) -> Long.compare(other.weight, one.weight));
    }

    private static long weight(int depth) {
        long weight = 1;
        for (int i = 0; i < Math.min(depth, DEEPEST); i++) {
            weight *= LOOP_WEIGHT;
        }
        return weight;
    }

    private void add(MachineBlock block, long weight, BitSet live) {
        block.end().forEachUse(register -> {
            live.set(register);
            costs[register] += weight;
        });
        for (MachineInstruction instruction : block.instructions().reversed()) {
            if (instruction.isMove() && instruction.source() != Registers.FRAME) {
                live.clear(instruction.source()); // both hold the same value
                copies.add(new Copy(instruction.destination(), instruction.source(), weight));
            }
            instruction.forEachDefinition(live::set);
            instruction.forEachDefinition(register -> {
                addEdges(register, live);
                costs[register] += weight;
            });
            instruction.forEachDefinition(live::clear);
            instruction.forEachUse(register -> {
                live.set(register);
                costs[register] += weight;
            });
        }
    }

    private void addEdges(int one, BitSet others) {
        for (int other = others.nextSetBit(0); other >= 0; other = others.nextSetBit(other + 1)) {
            addEdge(one, other);
        }
    }

    private void addEdge(int one, int other) {
        if (one != other && !neighbours[one].get(other)) {
            neighbours[one].set(other);
            neighbours[other].set(one);
            degrees[one]++;
            degrees[other]++;
        }
    }

    /** Registers are numbered below this. */
    int size() {
        return neighbours.length;
    }

    /** The register that {@code register} was merged into; itself if it was not. */
    int representative(int register) {
        int at = register;
        while (at >= 0 && mergedInto[at] != at) {
            mergedInto[at] = mergedInto[mergedInto[at]];
            at = mergedInto[at];
        }
        return at;
    }

    /** Those that are live together with a register; registers that were merged are named by their representatives. */
    BitSet neighbours(int register) {
        return neighbours[register];
    }

    int degree(int register) {
        return degrees[register];
    }

    boolean interfere(int one, int other) {
        return neighbours[one].get(other) || (!Registers.isVirtual(one) && !Registers.isVirtual(other));
    }

    /** How much it would cost to have the register in memory. */
    long cost(int register) {
        return costs[register];
    }

    /** The copies, those done most often first. */
    List<Copy> copies() {
        return copies;
    }

    /** Makes both the same from here on, under the name of the first. They must not interfere. */
    void merge(int kept, int gone) {
        mergedInto[gone] = kept;
        costs[kept] += costs[gone];
        BitSet others = neighbours[gone];
        for (int other = others.nextSetBit(0); other >= 0; other = others.nextSetBit(other + 1)) {
            neighbours[other].clear(gone);
            degrees[other]--;
        }
        addEdges(kept, others);
    }
}
