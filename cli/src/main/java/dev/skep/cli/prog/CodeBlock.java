package dev.skep.cli.prog;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Instructions that run one after the other: only the first is jumped to, only the last jumps.
 *
 * @param instructions by their slots @param next the slots of the blocks that may follow
 */
record CodeBlock(SortedMap<Integer, Instruction> instructions, List<Integer> next) {
    private static final int CODE = 0xf0;

    /** The slot of the first instruction. */
    int start() {
        return instructions.firstKey();
    }

    /** The blocks of a program, in the order of their slots. @param entries the slots of functions, which begin blocks too */
    static List<CodeBlock> of(Iterable<Instruction> code, List<Integer> entries) {
        TreeMap<Integer, Instruction> bySlot = new TreeMap<>();
        int slot = 0;
        for (Instruction instruction : code) {
            bySlot.put(slot, instruction);
            slot += instruction.slots();
        }
        NavigableSet<Integer> starts = starts(bySlot, entries);
        List<CodeBlock> blocks = new ArrayList<>();
        for (int start : starts) {
            Integer end = starts.higher(start);
            NavigableMap<Integer, Instruction> part =
                    end == null ? bySlot.tailMap(start, true) : bySlot.subMap(start, true, end, false);
            Map.Entry<Integer, Instruction> last = part.lastEntry();
            if (last != null) {
                blocks.add(new CodeBlock(part, next(last.getKey(), last.getValue(), bySlot, entries)));
            }
        }
        return blocks;
    }

    private static NavigableSet<Integer> starts(TreeMap<Integer, Instruction> bySlot, List<Integer> entries) {
        NavigableSet<Integer> starts = new TreeSet<>(entries);
        starts.add(0);
        bySlot.forEach((slot, instruction) -> {
            target(slot, instruction).ifPresent(starts::add);
            if (isJump(instruction)) {
                starts.add(slot + instruction.slots());
            }
        });
        return starts;
    }

    private static List<Integer> next(
            int slot, Instruction last, TreeMap<Integer, Instruction> bySlot, List<Integer> entries) {
        List<Integer> next = new ArrayList<>();
        int following = slot + last.slots();
        if (!isFinal(last) && bySlot.containsKey(following) && !entries.contains(following)) {
            next.add(following);
        }
        target(slot, last).ifPresent(next::add);
        return next;
    }

    /** Jumps and the end of a function; calls come back. */
    private static boolean isJump(Instruction instruction) {
        int kind = instruction.instructionClass();
        return (kind == Opcode.BPF_JMP || kind == Opcode.BPF_JMP32) && (instruction.opcode() & CODE) != Opcode.BPF_CALL;
    }

    private static boolean isFinal(Instruction instruction) {
        int code = instruction.opcode() & CODE;
        return isJump(instruction) && (code == Opcode.BPF_EXIT || code == Opcode.BPF_JA);
    }

    /** Where it jumps to; the long jump (gotol) has its distance in the immediate. */
    private static OptionalInt target(int slot, Instruction instruction) {
        if (!isJump(instruction) || (instruction.opcode() & CODE) == Opcode.BPF_EXIT) {
            return OptionalInt.empty();
        }
        boolean isLong =
                instruction.instructionClass() == Opcode.BPF_JMP32 && (instruction.opcode() & CODE) == Opcode.BPF_JA;
        return OptionalInt.of(slot + 1 + (isLong ? instruction.imm() : instruction.offset()));
    }
}
