package dev.skep.compiler.code;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.compiler.ir.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Lets slots of the program that are never needed at the same time share their place in the frame. A slot is needed from wherever it may
 * be used first to wherever it may be used last; what is used in a loop is needed throughout the loop.
 */
final class SlotSharing {
    private final Function function;
    private final SlotAddresses addresses;
    private final List<BitSet> neighbours = new ArrayList<>();
    /** For each block the slots used in it, instruction by instruction. */
    private final Map<Block, List<BitSet>> uses = new HashMap<>();

    /** For each block all slots used in it. */
    private final Map<Block, BitSet> usedIn = new HashMap<>();

    private final Map<Block, BitSet> before = new HashMap<>();
    private final Map<Block, BitSet> after = new HashMap<>();

    private SlotSharing(Function function) {
        this.function = function;
        addresses = new SlotAddresses(function);
    }

    /** For slots that share the place of another, that one, which is as large. */
    static Map<StackSlot, StackSlot> share(Function function) {
        SlotSharing sharing = new SlotSharing(function);
        return sharing.addresses.slots().size() < 2 ? Map.of() : sharing.share();
    }

    private Map<StackSlot, StackSlot> share() {
        addresses.slots().forEach(slot -> neighbours.add(new BitSet()));
        for (Block block : function.blocks()) {
            List<BitSet> found = uses(block);
            uses.put(block, found);
            usedIn.put(block, found.stream().reduce(new BitSet(), SlotSharing::union));
            before.put(block, new BitSet());
            after.put(block, new BitSet());
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Block block : function.blocks()) {
                changed |= spread(block);
            }
            for (Block block : function.blocks().reversed()) {
                changed |= spread(block);
            }
        }
        function.blocks().forEach(this::findNeighbours);
        return color();
    }

    private List<BitSet> uses(Block block) {
        List<BitSet> found = new ArrayList<>();
        for (Instruction instruction : block.instructions()) {
            add(instruction.operation().operands(), found);
        }
        List<Value> atEnd = new ArrayList<>(block.terminator().operands());
        block.terminator().edges().forEach(edge -> atEnd.addAll(edge.arguments()));
        add(atEnd, found);
        return found;
    }

    private void add(List<Value> values, List<BitSet> found) {
        BitSet used = new BitSet();
        values.forEach(value -> used.or(addresses.of(value)));
        if (!used.isEmpty()) {
            found.add(used);
        }
    }

    /** What was used before the end of a block was so at the start of the next; the other way round for what is used later. */
    private boolean spread(Block block) {
        boolean changed = false;
        BitSet earlier = union(set(usedIn, block), set(before, block));
        for (Edge edge : block.terminator().edges()) {
            changed |= grow(set(before, edge.target()), earlier);
            changed |= grow(set(after, block), union(set(usedIn, edge.target()), set(after, edge.target())));
        }
        return changed;
    }

    private static BitSet set(Map<Block, BitSet> sets, Block block) {
        return Objects.requireNonNull(sets.get(block));
    }

    private static BitSet union(BitSet one, BitSet other) {
        BitSet both = (BitSet) one.clone();
        both.or(other);
        return both;
    }

    private static boolean grow(BitSet set, BitSet more) {
        int size = set.cardinality();
        set.or(more);
        return set.cardinality() != size;
    }

    private void findNeighbours(Block block) {
        BitSet earlier = (BitSet) set(before, block).clone();
        List<BitSet> used = uses.getOrDefault(block, List.of());
        List<BitSet> later = new ArrayList<>(List.of(set(after, block)));
        for (BitSet slots : used.reversed()) {
            later.add(union(slots, later.getLast()));
        }
        areTogether(earlier, later.getLast());
        for (int i = 0; i < used.size(); i++) {
            earlier.or(used.get(i));
            areTogether(earlier, later.get(used.size() - i));
        }
    }

    private void areTogether(BitSet earlier, BitSet later) {
        BitSet needed = (BitSet) earlier.clone();
        needed.and(later);
        needed.stream().forEach(slot -> neighbours.get(slot).or(needed));
    }

    private Map<StackSlot, StackSlot> color() {
        List<StackSlot> slots = addresses.slots();
        Comparator<Integer> largestFirst = Comparator.comparing(
                        (Integer slot) -> -slots.get(slot).size())
                .thenComparing(slot -> -slots.get(slot).alignment());
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            if (!addresses.isEscaped(i)) {
                order.add(i);
            }
        }
        order.sort(largestFirst);
        Map<StackSlot, StackSlot> shared = new HashMap<>();
        Map<Integer, BitSet> groups = new HashMap<>();
        List<Integer> places = new ArrayList<>();
        for (int slot : order) {
            int place = places.stream()
                    .filter(other ->
                            slots.get(other).alignment() >= slots.get(slot).alignment())
                    .filter(other -> !Objects.requireNonNull(groups.get(other)).intersects(neighbours.get(slot)))
                    .findFirst()
                    .orElse(slot);
            if (place == slot) {
                places.add(slot);
            } else {
                shared.put(slots.get(slot), slots.get(place));
            }
            groups.computeIfAbsent(place, p -> new BitSet()).set(slot);
        }
        return shared;
    }
}
