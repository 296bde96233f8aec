package dev.skep.engine.jit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The strongly connected components of some blocks: the loops, and the blocks in none (Tarjan's algorithm, without recursion). */
final class Components {
    private final Flow flow;
    private final int[] blocks;
    private final int[] index;
    private final int[] low;
    private final int[] nextEdge;
    private final boolean[] onStack;
    private final int[] stack;
    private int stackSize;
    private int counter;
    private final List<int[]> components = new ArrayList<>();

    /** @param blocks in program order; edges to others do not count */
    Components(Flow flow, int[] blocks) {
        this.flow = flow;
        this.blocks = blocks;
        index = new int[blocks.length];
        low = new int[blocks.length];
        nextEdge = new int[blocks.length];
        onStack = new boolean[blocks.length];
        stack = new int[blocks.length];
        for (int block = 0; block < blocks.length; block++) {
            if (index[block] == 0) {
                search(block);
            }
        }
    }

    /** Each with its blocks in program order, sorted by their first. */
    List<int[]> inProgramOrder() {
        components.sort(Comparator.comparingInt(component -> component[0]));
        return components;
    }

    private void search(int root) {
        int[] path = new int[blocks.length];
        int depth = 0;
        path[depth++] = root;
        discover(root);
        while (depth > 0) {
            int block = path[depth - 1];
            int[] successors = flow.blocks.get(blocks[block]).successors();
            if (nextEdge[block] < successors.length) {
                int successor = Arrays.binarySearch(blocks, successors[nextEdge[block]++]);
                if (successor >= 0 && index[successor] == 0) {
                    discover(successor);
                    path[depth++] = successor;
                } else if (successor >= 0 && onStack[successor]) {
                    low[block] = Math.min(low[block], index[successor]);
                }
            } else {
                depth--;
                if (depth > 0) {
                    low[path[depth - 1]] = Math.min(low[path[depth - 1]], low[block]);
                }
                if (low[block] == index[block]) {
                    collect(block);
                }
            }
        }
    }

    private void discover(int block) {
        index[block] = ++counter;
        low[block] = counter;
        onStack[block] = true;
        stack[stackSize++] = block;
    }

    private void collect(int root) {
        int from = stackSize;
        do {
            from--;
            onStack[stack[from]] = false;
        } while (stack[from] != root);
        int[] component = new int[stackSize - from];
        for (int i = 0; i < component.length; i++) {
            component[i] = blocks[stack[from + i]];
        }
        Arrays.sort(component);
        components.add(component);
        stackSize = from;
    }
}
