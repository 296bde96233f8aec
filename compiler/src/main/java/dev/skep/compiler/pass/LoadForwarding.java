package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Operation.Load;
import dev.skep.compiler.ir.Operation.StackAddress;
import dev.skep.compiler.ir.Operation.Store;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Uses what was stored or loaded before, on every way to the place, instead of loading it again. Whatever may have changed the memory in
 * between ends that: calls, atomic operations, and stores that are not known to go elsewhere.
 */
final class LoadForwarding implements Pass {
    /** Bytes of memory. */
    private record Place(Value base, long offset, Int width) {
        private static final Set<Pointer.Provenance> PACKET_AND_MAP =
                Set.of(Pointer.Provenance.PACKET, Pointer.Provenance.MAP_VALUE);

        boolean mayOverlap(Place other) {
            if (base.equals(other.base)) {
                return offset < other.offset + other.width.bytes() && other.offset < offset + width.bytes();
            }
            return !areDifferentSlots(base, other.base) && !areDifferentMemory(base, other.base);
        }

        private static boolean areDifferentSlots(Value one, Value other) {
            return one instanceof Instruction left
                    && other instanceof Instruction right
                    && left.operation() instanceof StackAddress first
                    && right.operation() instanceof StackAddress second
                    && first.slot() != second.slot();
        }

        /** True if the pointers are of kinds that never lead to the same bytes. */
        private static boolean areDifferentMemory(Value one, Value other) {
            return one.type() instanceof Pointer left
                    && other.type() instanceof Pointer right
                    && left.provenance() != right.provenance()
                    && (isOwn(left.provenance())
                            || isOwn(right.provenance())
                            || Set.of(left.provenance(), right.provenance()).equals(PACKET_AND_MAP));
        }

        private static boolean isOwn(Pointer.Provenance provenance) {
            return provenance == Pointer.Provenance.STACK || provenance == Pointer.Provenance.CONTEXT;
        }
    }

    /** What is at a place. @param load the load that read it; empty if it was stored */
    private record Known(Place place, Value value, Optional<Load> load) {}

    @Override
    public boolean run(Function function) {
        boolean changed = false;
        ControlFlow flow = ControlFlow.of(function);
        Map<Block, List<Known>> atEnd = new HashMap<>();
        for (Block block : flow.order()) {
            List<Known> known = atStart(block, function, flow, atEnd);
            for (Instruction instruction : block.instructions()) {
                changed |= visit(instruction, known);
            }
            atEnd.put(block, known);
        }
        if (changed) {
            new CopyPropagation().run(function);
        }
        return changed;
    }

    /** What is known at the end of all blocks that lead there; nothing if one of them comes later, round a loop. */
    private static List<Known> atStart(
            Block block, Function function, ControlFlow flow, Map<Block, List<Known>> atEnd) {
        List<ControlFlow.Incoming> incoming = flow.incoming(block);
        boolean isKnown =
                block != function.entry() && incoming.stream().allMatch(edge -> atEnd.containsKey(edge.from()));
        if (!isKnown) {
            return new ArrayList<>();
        }
        List<Known> known =
                new ArrayList<>(atEnd.getOrDefault(incoming.getFirst().from(), List.of()));
        for (ControlFlow.Incoming edge : incoming.subList(1, incoming.size())) {
            known.retainAll(Set.copyOf(atEnd.getOrDefault(edge.from(), List.of())));
        }
        return known;
    }

    private static boolean visit(Instruction instruction, List<Known> known) {
        switch (instruction.operation()) {
            case Load load -> {
                Place place = place(load.address(), load.offset(), load.width());
                Optional<Operation> now = known.stream()
                        .filter(k -> k.place().equals(place))
                        .findFirst()
                        .flatMap(k -> known(k, load));
                if (now.isPresent()) {
                    instruction.replace(now.get());
                    return true;
                }
                known.add(new Known(place, instruction, Optional.of(load)));
            }
            case Store store -> {
                Place place = place(store.address(), store.offset(), store.width());
                // Where a relocated store goes is known only where the program is loaded.
                known.removeIf(k -> store.field().isPresent() || k.place().mayOverlap(place));
                if (store.field().isEmpty()) {
                    known.add(new Known(place, store.value(), Optional.empty()));
                }
            }
            case Operation operation -> {
                if (!operation.isPure()) {
                    known.clear();
                }
            }
        }
        return false;
    }

    private static Place place(Value address, int offset, Int width) {
        PointerRules.Place place = PointerRules.place(address);
        return new Place(place.base(), place.offset() + offset, width);
    }

    private static Optional<Operation> known(Known known, Load load) {
        if (known.load().isEmpty()) {
            return load.field().isEmpty() ? StoredValue.asReadBy(load, known.value()) : Optional.empty();
        }
        Load before = known.load().get();
        boolean isSame = before.signed() == load.signed()
                && before.type().equals(load.type())
                && before.field().equals(load.field());
        return isSame ? Optional.of(Constants.copy(known.value())) : Optional.empty();
    }
}
