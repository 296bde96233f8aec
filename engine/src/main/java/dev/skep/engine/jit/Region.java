package dev.skep.engine.jit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What becomes one method: a whole function, or a part of one that is too large. Blocks are numbered from 0 in program order;
 * an edge that leads out of the region goes to {@link #OUTSIDE}.
 */
final class Region {
    static final int OUTSIDE = -1;

    final Flow flow;
    /** By block: its number in the program. */
    final int[] blocks;
    /** Blocks at which it is entered. */
    final int[] entries;
    /** True if it is a whole function: entered at one place, left only where the function ends. */
    final boolean whole;
    /** The operations of all blocks, one block after the other. */
    final Operation[] operations;
    /** By operation: the slot of its instruction. */
    final int[] slots;
    /** By block: its first operation; one more for the end of the last. */
    final int[] starts;
    /** By block. */
    final int[][] successors;

    final List<List<Integer>> predecessors = new ArrayList<>();
    /** Blocks in reverse postorder, so that a block comes after those that lead to it but for loops. */
    final int[] order;
    /** By block: its place in {@link #order}. */
    private final int[] rank;

    /**
     * @param blocks in program order
     * @param entryBlocks some of them
     */
    Region(Flow flow, int[] blocks, int[] entryBlocks, boolean whole) {
        this.flow = flow;
        this.blocks = blocks;
        this.whole = whole;
        starts = new int[blocks.length + 1];
        successors = new int[blocks.length][];
        for (int i = 0; i < blocks.length; i++) {
            starts[i + 1] = starts[i] + flow.blocks.get(blocks[i]).length();
            successors[i] = Arrays.stream(flow.blocks.get(blocks[i]).successors())
                    .map(this::local)
                    .toArray();
            predecessors.add(new ArrayList<>());
        }
        operations = new Operation[starts[blocks.length]];
        slots = new int[operations.length];
        for (int i = 0; i < blocks.length; i++) {
            Block block = flow.blocks.get(blocks[i]);
            System.arraycopy(flow.operations, block.first(), operations, starts[i], block.length());
            System.arraycopy(flow.slots, block.first(), slots, starts[i], block.length());
            for (int successor : successors[i]) {
                if (successor != OUTSIDE) {
                    predecessors.get(successor).add(i);
                }
            }
        }
        entries = Arrays.stream(entryBlocks).map(this::local).toArray();
        order = reversePostorder();
        rank = new int[blocks.length];
        for (int place = 0; place < order.length; place++) {
            rank[order[place]] = place;
        }
    }

    /** The block's number here, or {@link #OUTSIDE}. */
    int local(int block) {
        int at = Arrays.binarySearch(blocks, block);
        return at >= 0 ? at : OUTSIDE;
    }

    /**
     * True if the edge may close a loop; each loop has one that does. In a whole function those that lead back in {@link #order},
     * which are few; in a part those that lead back in the program, so that loops through several parts have one too.
     */
    boolean isBackEdge(int from, int to) {
        if (to == OUTSIDE) {
            return false;
        }
        return whole ? rank[to] <= rank[from] : to <= from;
    }

    /** The block an operation is in. */
    int blockOf(int operation) {
        int at = Arrays.binarySearch(starts, operation);
        return at >= 0 ? at : -at - 2;
    }

    /** The block that falls through from or is jumped to at the end of {@code block}, in the program's numbers. */
    int outsideTarget(int block, int successor) {
        return flow.blocks.get(blocks[block]).successors()[successor];
    }

    private int[] reversePostorder() {
        int[] result = new int[blocks.length];
        int left = blocks.length;
        boolean[] seen = new boolean[blocks.length];
        int[] stack = new int[blocks.length + 1];
        int[] next = new int[blocks.length];
        for (int e = entries.length - 1; e >= 0; e--) {
            int depth = 0;
            if (!seen[entries[e]]) {
                seen[entries[e]] = true;
                stack[depth++] = entries[e];
            }
            while (depth > 0) {
                int block = stack[depth - 1];
                if (next[block] == successors[block].length) {
                    result[--left] = block;
                    depth--;
                } else {
                    int successor = successors[block][next[block]++];
                    if (successor != OUTSIDE && !seen[successor]) {
                        seen[successor] = true;
                        stack[depth++] = successor;
                    }
                }
            }
        }
        return Arrays.copyOfRange(result, left, blocks.length);
    }
}
