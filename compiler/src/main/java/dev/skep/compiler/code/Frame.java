package dev.skep.compiler.code;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.StackSlot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Where the slots of a frame lie below r10. */
final class Frame {
    /** Bytes a frame can have ({@code MAX_BPF_STACK} of linux/filter.h). */
    private static final int LARGEST = 512;

    private static final int SHOWN_SLOTS = 3;

    private final Function function;
    private final Map<StackSlot, StackSlot> shared;
    private final Map<StackSlot, Integer> offsets = new HashMap<>();

    /**
     * Lays out the slots that {@code machine} names.
     *
     * @param shared slots to use in place of others
     * @throws CodeGenerationException if they are larger than a frame can be
     */
    Frame(MachineFunction machine, Map<StackSlot, StackSlot> shared) {
        this.function = machine.function();
        this.shared = shared;
        List<StackSlot> slots = new ArrayList<>(slots(machine));
        slots.sort(Comparator.comparingInt(StackSlot::alignment).reversed());
        int used = 0;
        for (StackSlot slot : slots) {
            used = Math.ceilDiv(used + slot.size(), slot.alignment()) * slot.alignment();
            offsets.put(slot, -used);
        }
        if (used > LARGEST) {
            throw tooLarge(used, slots);
        }
    }

    /** The distance of a slot's first byte from r10, negative. */
    int offset(StackSlot slot) {
        return Objects.requireNonNull(offsets.get(shared.getOrDefault(slot, slot)));
    }

    private Set<StackSlot> slots(MachineFunction machine) {
        Set<StackSlot> slots = new LinkedHashSet<>();
        for (MachineBlock block : machine.blocks()) {
            for (MachineInstruction instruction : block.instructions()) {
                instruction.slot().ifPresent(slot -> slots.add(shared.getOrDefault(slot, slot)));
            }
        }
        return slots;
    }

    private CodeGenerationException tooLarge(int used, List<StackSlot> slots) {
        Map<StackSlot, Position> positions = positions();
        List<StackSlot> largest = slots.stream()
                .filter(positions::containsKey)
                .sorted(Comparator.comparingInt(StackSlot::size).reversed())
                .limit(SHOWN_SLOTS)
                .toList();
        int spilled = slots.stream()
                .filter(slot -> !positions.containsKey(slot))
                .mapToInt(StackSlot::size)
                .sum();
        Optional<StackSlot> worst = largest.stream().findFirst().filter(slot -> slot.size() >= spilled);
        return new CodeGenerationException(
                function,
                worst.map(positions::get).orElse(function.position()),
                "needs " + used + " bytes of stack, and BPF has " + LARGEST + ": "
                        + shares(largest, positions, spilled),
                worst.isPresent()
                        ? "keep large data in a map (a per-CPU array with one entry does)"
                        : "use values sooner after they are computed, or keep them in a map (a per-CPU array with one"
                                + " entry does)");
    }

    /** What takes the space. @param spilled bytes of what found no register */
    private static String shares(List<StackSlot> largest, Map<StackSlot, Position> positions, int spilled) {
        List<String> shares = new ArrayList<>();
        for (StackSlot slot : largest) {
            shares.add(slot.name() + " (" + slot.size() + " bytes, " + positions.get(slot) + ")");
        }
        if (spilled > 0) {
            shares.add("values that are needed later, when all registers are taken (" + spilled + " bytes)");
        }
        return String.join(", ", shares);
    }

    /** Where the source first asks for each slot. */
    private Map<StackSlot, Position> positions() {
        Map<StackSlot, Position> positions = new HashMap<>();
        for (Block block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                if (instruction.operation() instanceof Operation.StackAddress address) {
                    positions.putIfAbsent(address.slot(), instruction.position());
                }
            }
        }
        return positions;
    }
}
