package dev.skep.engine.jit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** A function in parts: where each can be entered, and where in them every block is. */
final class SplitFunction {
    private final int[] blocks;
    private final int firstPart;
    private final List<int[]> parts;
    private final List<int[]> entries = new ArrayList<>();
    /** By block of the function: where to go on to get there; -1 for blocks that only their own part leads to. */
    private final int[] places;

    /**
     * @param blocks of the function, in program order
     * @param entry the block it starts with
     * @param firstPart the number of its first part among the program's
     */
    SplitFunction(Flow flow, int[] blocks, int entry, int firstPart, CodeSize sizes) {
        this.blocks = blocks;
        this.firstPart = firstPart;
        parts = Partition.cut(flow, blocks, sizes);
        int[] partOf = new int[blocks.length];
        for (int part = 0; part < parts.size(); part++) {
            for (int block : parts.get(part)) {
                partOf[index(block)] = part;
            }
        }
        BitSet entered = new BitSet(blocks.length);
        entered.set(index(entry));
        for (int i = 0; i < blocks.length; i++) {
            for (int successor : flow.blocks.get(blocks[i]).successors()) {
                entered.set(index(successor), entered.get(index(successor)) || partOf[index(successor)] != partOf[i]);
            }
        }
        places = new int[blocks.length];
        Arrays.fill(places, -1);
        for (int part = 0; part < parts.size(); part++) {
            enter(part, entered);
        }
    }

    private void enter(int part, BitSet entered) {
        int[] inside = Arrays.stream(parts.get(part))
                .filter(block -> entered.get(index(block)))
                .toArray();
        for (int entry = 0; entry < inside.length; entry++) {
            places[index(inside[entry])] = SplitState.place(firstPart + part, entry);
        }
        entries.add(inside);
    }

    private int index(int block) {
        return Arrays.binarySearch(blocks, block);
    }

    int partCount() {
        return parts.size();
    }

    /** The blocks of a part, in program order. */
    int[] part(int part) {
        return parts.get(part);
    }

    /** The blocks at which a part is entered; the number of an entry is its index. */
    int[] entries(int part) {
        return entries.get(part);
    }

    /** Where to go on to get to a block. */
    int place(int block) {
        return places[index(block)];
    }
}
