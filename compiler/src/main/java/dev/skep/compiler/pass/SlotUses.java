package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Operation.Load;
import dev.skep.compiler.ir.Operation.PointerAdd;
import dev.skep.compiler.ir.Operation.Reinterpret;
import dev.skep.compiler.ir.Operation.StackAddress;
import dev.skep.compiler.ir.Operation.Store;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.compiler.ir.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a function does with the slots of its frame, as it is when this is made. */
final class SlotUses {
    /** A load or store of a slot. @param offset in the slot, in bytes */
    record Access(Instruction instruction, long offset, int width) {
        long end() {
            return offset + width;
        }

        boolean overlaps(Access other) {
            return offset < other.end() && other.offset < end();
        }

        boolean isStore() {
            return instruction.operation() instanceof Store;
        }
    }

    private final Map<StackSlot, List<Access>> accesses = new LinkedHashMap<>();
    private final Set<StackSlot> escaped = new HashSet<>();
    private final Set<StackSlot> read = new HashSet<>();

    SlotUses(Function function) {
        for (Block block : function.blocks()) {
            block.instructions().forEach(this::visit);
            block.terminator().operands().forEach(this::escape);
            for (Edge edge : block.terminator().edges()) {
                edge.arguments().forEach(this::escape);
            }
        }
    }

    private void visit(Instruction instruction) {
        switch (instruction.operation()) {
            case StackAddress address -> accesses.computeIfAbsent(address.slot(), slot -> new ArrayList<>());
            case Load load
            when load.field().isEmpty() ->
                access(instruction, load.address(), load.offset(), load.width().bytes());
            case Store store
            when store.field().isEmpty() -> {
                access(
                        instruction,
                        store.address(),
                        store.offset(),
                        store.width().bytes());
                escape(store.value());
            }
            // Other addresses made of it are looked at where they are used.
            case PointerAdd add when add.offset() instanceof Constant -> {}
            case Reinterpret same when same.type() instanceof Pointer -> {}
            case Operation other -> other.operands().forEach(this::escape);
        }
    }

    private void access(Instruction instruction, Value address, int offset, int width) {
        PointerRules.Place place = PointerRules.place(address);
        Optional<StackSlot> slot = slotOf(place.base());
        if (slot.isPresent()) {
            Access access = new Access(instruction, place.offset() + offset, width);
            accesses.computeIfAbsent(slot.get(), s -> new ArrayList<>()).add(access);
            if (!access.isStore()) {
                read.add(slot.get());
            }
            if (access.offset() < 0 || access.end() > slot.get().size()) {
                escaped.add(slot.get());
            }
        } else {
            escape(address);
        }
    }

    private void escape(Value value) {
        slotOf(PointerRules.place(value).base()).ifPresent(escaped::add);
    }

    private static Optional<StackSlot> slotOf(Value value) {
        return value instanceof Instruction i && i.operation() instanceof StackAddress address
                ? Optional.of(address.slot())
                : Optional.empty();
    }

    /** The slots that are only loaded from and stored to, at known offsets within them. */
    List<StackSlot> contained() {
        return accesses.keySet().stream()
                .filter(slot -> !escaped.contains(slot))
                .toList();
    }

    /** The loads and stores of a slot. */
    List<Access> accesses(StackSlot slot) {
        return accesses.getOrDefault(slot, List.of());
    }

    /** True if something is loaded from the slot, at a known place. */
    boolean isRead(StackSlot slot) {
        return read.contains(slot);
    }
}
