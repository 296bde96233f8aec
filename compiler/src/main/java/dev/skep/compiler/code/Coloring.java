package dev.skep.compiler.code;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * Gives each virtual register of a graph one of the machine's, different from those of its neighbours, as far as there are enough
 * (Briggs, Cooper and Torczon, "Improvements to Graph Coloring Register Allocation", 1994).
 */
final class Coloring {
    /** Those lost in calls first: what lives across calls has no choice. */
    private static final int[] PREFERENCE = {1, 2, 3, 4, 5, 0, 6, 7, 8, 9};

    private final InterferenceGraph graph;
    private final SpillCosts costs;
    private final int[] colors;
    private final int[] degrees;
    private final BitSet left = new BitSet();
    private final Deque<Integer> easy = new ArrayDeque<>();
    private final Deque<Integer> stack = new ArrayDeque<>();
    private final List<List<Integer>> partners = new ArrayList<>();
    private final List<Integer> uncolored = new ArrayList<>();

    /** @param occurring registers that the code names; all others need no place */
    Coloring(InterferenceGraph graph, SpillCosts costs, BitSet occurring) {
        this.graph = graph;
        this.costs = costs;
        colors = new int[graph.size()];
        degrees = new int[graph.size()];
        Arrays.fill(colors, Registers.NONE);
        for (int i = 0; i < graph.size(); i++) {
            partners.add(List.of());
            degrees[i] = graph.degree(i);
            if (!Registers.isVirtual(i)) {
                colors[i] = i;
            } else if (occurring.get(i) && graph.representative(i) == i) {
                left.set(i);
            }
        }
        findPartners();
        simplify();
        while (!stack.isEmpty()) {
            color(stack.pop());
        }
    }

    /** The machine's register for a virtual one, {@link Registers#NONE} if there was none left. */
    int machineRegister(int register) {
        return colors[register];
    }

    /** Those for which there was none left. */
    List<Integer> uncolored() {
        return uncolored;
    }

    private void findPartners() {
        for (InterferenceGraph.Copy copy : graph.copies()) {
            int one = graph.representative(copy.destination());
            int other = graph.representative(copy.source());
            if (one != other) {
                addPartner(one, other);
                addPartner(other, one);
            }
        }
    }

    private void addPartner(int one, int other) {
        List<Integer> list = partners.get(one).isEmpty() ? new ArrayList<>() : partners.get(one);
        list.add(other);
        partners.set(one, list);
    }

    /** Takes registers away one by one, first those that will surely find a place whatever the others get. */
    private void simplify() {
        left.stream().filter(this::isEasy).forEach(easy::add);
        while (!left.isEmpty()) {
            int next = easy.isEmpty() ? cheapest() : easy.poll();
            if (left.get(next)) {
                left.clear(next);
                stack.push(next);
                graph.neighbours(next).stream().forEach(this::takeNeighbour);
            }
        }
    }

    private void takeNeighbour(int register) {
        degrees[register]--;
        if (degrees[register] == Registers.ALLOCATABLE - 1 && left.get(register)) {
            easy.add(register);
        }
    }

    private boolean isEasy(int register) {
        return degrees[register] < Registers.ALLOCATABLE;
    }

    private int cheapest() {
        int best = Registers.NONE;
        double bestCost = Double.POSITIVE_INFINITY;
        for (int i = left.nextSetBit(0); i >= 0; i = left.nextSetBit(i + 1)) {
            double cost = costs.of(i) / (degrees[i] + 1);
            if (best == Registers.NONE || cost < bestCost) {
                best = i;
                bestCost = cost;
            }
        }
        return best;
    }

    private void color(int register) {
        boolean[] taken = new boolean[Registers.ALLOCATABLE];
        graph.neighbours(register).stream()
                .map(neighbour -> colors[neighbour])
                .filter(color -> color >= 0 && color < Registers.ALLOCATABLE)
                .forEach(color -> taken[color] = true);
        for (int partner : partners.get(register)) {
            int color = colors[partner];
            if (color >= 0 && color < Registers.ALLOCATABLE && !taken[color]) {
                colors[register] = color;
                return;
            }
        }
        for (int color : PREFERENCE) {
            if (!taken[color]) {
                colors[register] = color;
                return;
            }
        }
        uncolored.add(register);
    }
}
