package dev.skep.engine.jit;

import dev.skep.object.image.ProgramImage;
import dev.skep.object.instruction.Instruction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A program's operations, its basic blocks and its functions. */
final class Flow {
    /** Longer blocks are cut, so that a method can hold at least one. */
    private static final int LONGEST_BLOCK = 64;

    /** In program order. */
    final Operation[] operations;
    /** By position: the slot of the instruction, as the kernel's log counts. */
    final int[] slots;

    final List<Block> blocks = new ArrayList<>();
    /** Blocks at which functions start: the program itself first. */
    final List<Integer> functions = new ArrayList<>();

    private final Map<Integer, Integer> functionOfBlock = new HashMap<>();
    private final int[] positionOfSlot;
    private final int[] blockOfPosition;

    /** @param image has passed {@link dev.skep.engine.interpreter.ProgramCheck} */
    Flow(ProgramImage image, Lowering lowering) {
        int size = image.instructions().size();
        operations = new Operation[size];
        slots = new int[size];
        positionOfSlot = new int[image.instructions().slotCount()];
        int slot = 0;
        int position = 0;
        for (Instruction instruction : image.instructions()) {
            operations[position] = lowering.lower(slot, instruction);
            slots[position] = slot;
            positionOfSlot[slot] = position;
            slot += instruction.slots();
            position++;
        }
        TreeSet<Integer> entries = new TreeSet<>();
        entries.add(0);
        image.functions().forEach(function -> entries.add(positionOfSlot[function.slot()]));
        for (Operation operation : operations) {
            if (operation instanceof Operation.CallFunction call) {
                entries.add(positionOfSlot[call.entry()]);
            }
        }
        blockOfPosition = new int[size];
        cutIntoBlocks(entries);
        for (int entry : entries) {
            functionOfBlock.put(blockOfPosition[entry], functions.size());
            functions.add(blockOfPosition[entry]);
        }
    }

    private void cutIntoBlocks(TreeSet<Integer> entries) {
        BitSet leaders = new BitSet(operations.length);
        entries.forEach(leaders::set);
        for (int i = 0; i < operations.length; i++) {
            int target = operations[i].target();
            if (target >= 0) {
                leaders.set(positionOfSlot[target]);
            }
            if (target >= 0 || operations[i].endsFlow()) {
                leaders.set(i + 1);
            }
        }
        int start = 0;
        List<int[]> ranges = new ArrayList<>();
        for (int i = 1; i <= operations.length; i++) {
            if (i == operations.length || leaders.get(i) || i - start == LONGEST_BLOCK) {
                Arrays.fill(blockOfPosition, start, i, ranges.size());
                ranges.add(new int[] {start, i});
                start = i;
            }
        }
        ranges.forEach(range -> blocks.add(new Block(range[0], range[1], successors(range[1]))));
    }

    private int[] successors(int end) {
        Operation last = operations[end - 1];
        boolean goesOn = !last.endsFlow();
        if (last.target() < 0) {
            return goesOn ? new int[] {blockOfPosition[end]} : new int[0];
        }
        int target = blockAt(last.target());
        return goesOn ? new int[] {blockOfPosition[end], target} : new int[] {target};
    }

    /** The block that starts with the instruction at {@code slot}, which something jumps to or calls. */
    int blockAt(int slot) {
        return blockOfPosition[positionOfSlot[slot]];
    }

    /** The number of the function that starts at {@code slot}, -1 if none does. */
    int functionAt(int slot) {
        int block = blockAt(slot);
        return blocks.get(block).first() == positionOfSlot[slot] ? functionOfBlock.getOrDefault(block, -1) : -1;
    }

    /** The blocks a function can reach by jumps, in program order. */
    int[] reachable(int entry) {
        BitSet seen = new BitSet(blocks.size());
        int[] stack = new int[16];
        int depth = 0;
        stack[depth++] = entry;
        seen.set(entry);
        while (depth > 0) {
            for (int successor : blocks.get(stack[--depth]).successors()) {
                if (!seen.get(successor)) {
                    seen.set(successor);
                    stack = depth == stack.length ? Arrays.copyOf(stack, depth * 2) : stack;
                    stack[depth++] = successor;
                }
            }
        }
        return seen.stream().toArray();
    }
}
