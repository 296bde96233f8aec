package dev.skep.engine.jit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a function that is too large for one method into parts that are not, keeping loops whole where they fit: strongly
 * connected blocks stay together; of those that are too many, the loop is opened at its first block and what is inside is cut the
 * same way.
 */
final class Partition {
    /** Loops nested deeper are cut where it happens to fit. */
    private static final int DEEPEST = 16;

    private final Flow flow;
    private final CodeSize sizes;
    private final List<int[]> parts = new ArrayList<>();
    private final List<Integer> current = new ArrayList<>();
    private int currentSize;

    private Partition(Flow flow, CodeSize sizes) {
        this.flow = flow;
        this.sizes = sizes;
    }

    /**
     * The parts, each some blocks in program order.
     *
     * @param blocks of the function, in program order
     */
    static List<int[]> cut(Flow flow, int[] blocks, CodeSize sizes) {
        Partition partition = new Partition(flow, sizes);
        partition.cut(blocks, 0);
        partition.finish();
        return partition.parts;
    }

    private void cut(int[] blocks, int depth) {
        for (int[] component : new Components(flow, blocks).inProgramOrder()) {
            int size = sizes.of(flow, component);
            boolean fits = size <= sizes.planned() && component.length <= SplitState.MOST_ENTRIES;
            if (fits) {
                add(component, size);
            } else if (depth == DEEPEST || component.length == 1) {
                for (int block : component) {
                    add(new int[] {block}, sizes.of(flow, block));
                }
            } else {
                add(new int[] {component[0]}, sizes.of(flow, component[0]));
                cut(Arrays.copyOfRange(component, 1, component.length), depth + 1);
            }
        }
    }

    private void add(int[] blocks, int size) {
        boolean full = currentSize + size > sizes.planned() || current.size() + blocks.length > SplitState.MOST_ENTRIES;
        if (full) {
            finish();
        }
        for (int block : blocks) {
            current.add(block);
        }
        currentSize += size;
    }

    private void finish() {
        if (!current.isEmpty()) {
            parts.add(current.stream().mapToInt(Integer::intValue).sorted().toArray());
            current.clear();
            currentSize = 0;
        }
    }
}
