package dev.skep.compiler.code;

import dev.skep.compiler.ir.StackSlot;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds out which spilled values are never needed at the same time, and lets them share a slot of the frame. */
final class SpillSlots {
    private final MachineFunction machine;
    private final List<StackSlot> slots;
    private final Map<StackSlot, Integer> numbers = new HashMap<>();
    private final List<BitSet> atStart = new ArrayList<>();
    private final List<BitSet> neighbours = new ArrayList<>();

    private SpillSlots(MachineFunction machine, Set<StackSlot> spillSlots) {
        this.machine = machine;
        slots = List.copyOf(spillSlots);
        for (int i = 0; i < slots.size(); i++) {
            numbers.put(slots.get(i), i);
            neighbours.add(new BitSet());
        }
    }

    /** For each of the slots the one to use in its place. */
    static Map<StackSlot, StackSlot> share(MachineFunction machine, Set<StackSlot> spillSlots) {
        return spillSlots.isEmpty() ? Map.of() : new SpillSlots(machine, spillSlots).share();
    }

    private Map<StackSlot, StackSlot> share() {
        machine.blocks().forEach(block -> atStart.add(new BitSet()));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (MachineBlock block : machine.blocks().reversed()) {
                BitSet live = follow(block);
                if (!live.equals(atStart.get(block.number()))) {
                    atStart.set(block.number(), live);
                    changed = true;
                }
            }
        }
        return color();
    }

    /** The slots that hold something needed at the start of a block; notes those that do so at the same time. */
    private BitSet follow(MachineBlock block) {
        BitSet live = new BitSet();
        block.end().targets().forEach(next -> live.or(atStart.get(next.number())));
        for (MachineInstruction instruction : block.instructions().reversed()) {
            Integer number = instruction.slot().map(numbers::get).orElse(null);
            if (number == null) {
                continue;
            }
            if (instruction.isLoad()) {
                live.set(number);
            } else {
                live.clear(number);
                neighbours.get(number).or(live);
                live.stream().forEach(other -> neighbours.get(other).set(number));
            }
        }
        return live;
    }

    private Map<StackSlot, StackSlot> color() {
        Map<StackSlot, StackSlot> shared = new HashMap<>();
        int[] colors = new int[slots.size()];
        for (int i = 0; i < slots.size(); i++) {
            BitSet taken = new BitSet();
            int own = i;
            neighbours.get(i).stream().filter(other -> other < own).forEach(other -> taken.set(colors[other]));
            colors[i] = taken.nextClearBit(0);
            shared.put(slots.get(i), slots.get(colors[i]));
        }
        return shared;
    }
}
