package dev.skep.engine.jit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which value every operation of a region sees: static single assignment form. Values are numbered: first what registers hold
 * where the region is entered, then {@link #nothing}, then the result of each operation, then the merges of values where ways
 * come together.
 */
final class ValueGraph {
    /** A register's value at the start of a block that is one of several. @param inputs values, one for each way in */
    record Merge(int value, int block, int register, List<Integer> inputs) {}

    final Region region;
    final int registers;
    final List<Merge> merges = new ArrayList<>();
    /** By operation: what it sees in the registers of {@link Operation#uses}. */
    final int[][] seen;
    /** By block: what registers hold at its end. */
    final int[][] atEnd;

    /** By block: what registers hold at its start; where {@link #MERGED} is added, a merge. */
    private final int[][] atStart;

    private static final int UNKNOWN = -1;
    private static final int MERGED = 1 << 30;

    /** @param registers how many there are */
    ValueGraph(Region region, int registers) {
        this.region = region;
        this.registers = registers;
        seen = new int[region.operations.length][];
        atEnd = new int[region.blocks.length][];
        atStart = new int[region.blocks.length][];
        settle();
        numberMerges();
        for (int block : region.order) {
            recordUses(block);
        }
        collectInputs();
    }

    /** The value of a register where the region is entered. */
    int entry(int register) {
        return register;
    }

    /** What r1 to r5 hold after a call: nothing a program may look at, so it is 0. */
    int nothing() {
        return registers;
    }

    /** The result of the operation. */
    int result(int operation) {
        return registers + 1 + operation;
    }

    /** The operation a value is the result of, -1 if of none. */
    int operationOf(int value) {
        int operation = value - registers - 1;
        return operation >= 0 && operation < region.operations.length ? operation : -1;
    }

    /** How many values there are. */
    int count() {
        return registers + 1 + region.operations.length + merges.size();
    }

    private boolean isEntry(int block) {
        return Arrays.stream(region.entries).anyMatch(entry -> entry == block);
    }

    /** Goes over the blocks until what they start with changes no more. A merge stays one. */
    private void settle() {
        boolean[] entered = new boolean[region.blocks.length];
        for (int entry : region.entries) {
            entered[entry] = true;
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int block : region.order) {
                int[] start = startOf(block, entered[block]);
                if (!Arrays.equals(start, atStart[block])) {
                    atStart[block] = start;
                    atEnd[block] = run(block, start.clone());
                    changed = true;
                }
            }
        }
    }

    private int[] startOf(int block, boolean entered) {
        int[] start = new int[registers];
        for (int register = 0; register < registers; register++) {
            int merge = MERGED + block * registers + register;
            int value = entered ? entry(register) : UNKNOWN;
            if (atStart[block] != null && atStart[block][register] == merge) {
                value = merge;
            } else {
                for (int predecessor : region.predecessors.get(block)) {
                    int[] end = atEnd[predecessor];
                    if (end != null && end[register] != merge && end[register] != value) {
                        value = value == UNKNOWN ? end[register] : merge;
                    }
                }
            }
            start[register] = value;
        }
        return start;
    }

    /** What registers hold after a block. @param state what they hold before; is changed */
    private int[] run(int block, int[] state) {
        for (int i = region.starts[block]; i < region.starts[block + 1]; i++) {
            step(i, state);
        }
        return state;
    }

    private void step(int i, int[] state) {
        Operation operation = region.operations[i];
        if (operation.isCall()) {
            Arrays.fill(state, 1, 6, nothing());
        }
        int defined = operation.defines();
        if (defined >= 0) {
            state[defined] = result(i);
        }
    }

    private void numberMerges() {
        int[] numbers = new int[region.blocks.length * registers];
        for (int block : region.order) {
            for (int register = 0; register < registers; register++) {
                int merge = block * registers + register;
                if (atStart[block][register] == MERGED + merge) {
                    numbers[merge] = count();
                    merges.add(new Merge(numbers[merge], block, register, new ArrayList<>()));
                }
            }
        }
        for (int block : region.order) {
            renumber(atStart[block], numbers);
            renumber(atEnd[block], numbers);
        }
    }

    private static void renumber(int[] state, int[] numbers) {
        for (int register = 0; register < state.length; register++) {
            if (state[register] >= MERGED) {
                state[register] = numbers[state[register] - MERGED];
            }
        }
    }

    private void recordUses(int block) {
        int[] state = atStart[block].clone();
        for (int i = region.starts[block]; i < region.starts[block + 1]; i++) {
            int[] uses = region.operations[i].uses();
            seen[i] = new int[uses.length];
            for (int use = 0; use < uses.length; use++) {
                seen[i][use] = state[uses[use]];
            }
            step(i, state);
        }
    }

    private void collectInputs() {
        for (Merge merge : merges) {
            if (isEntry(merge.block)) {
                merge.inputs.add(entry(merge.register));
            }
            for (int predecessor : region.predecessors.get(merge.block)) {
                if (atEnd[predecessor] != null) {
                    merge.inputs.add(atEnd[predecessor][merge.register]);
                }
            }
        }
    }
}
