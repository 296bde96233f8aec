package dev.skep.compiler.code;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.compiler.ir.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which values lead to which slots of a function's frame, and which slots somebody may know of that cannot be followed. */
final class SlotAddresses {
    /** What helpers keep in the frame, the kernel goes on using after the call. */
    private static final String KEPT_BY_KERNEL = "DYNPTR";

    private static final BitSet NONE = new BitSet();

    private final List<StackSlot> slots = new ArrayList<>();
    private final Map<Value, BitSet> led = new HashMap<>();
    private final BitSet escaped = new BitSet();
    private boolean changed = true;

    SlotAddresses(Function function) {
        for (Block block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                if (instruction.operation() instanceof Operation.StackAddress address
                        && !slots.contains(address.slot())) {
                    slots.add(address.slot());
                }
            }
        }
        while (changed && !slots.isEmpty()) {
            changed = false;
            function.blocks().forEach(this::visit);
        }
    }

    /** The slots, by number. */
    List<StackSlot> slots() {
        return slots;
    }

    /** The numbers of the slots that {@code value} may point into. */
    BitSet of(Value value) {
        return led.getOrDefault(value, NONE);
    }

    /** True if there may be addresses of the slot that are not known. */
    boolean isEscaped(int slot) {
        return escaped.get(slot);
    }

    private void visit(Block block) {
        block.instructions().forEach(this::visit);
        if (block.terminator().edges().isEmpty()) {
            block.terminator().operands().forEach(this::escape);
        }
        for (Edge edge : block.terminator().edges()) {
            for (int i = 0; i < edge.arguments().size(); i++) {
                lead(edge.target().parameters().get(i), of(edge.arguments().get(i)));
            }
        }
    }

    private void visit(Instruction instruction) {
        switch (instruction.operation()) {
            case Operation.StackAddress address -> {
                BitSet own = new BitSet();
                own.set(slots.indexOf(address.slot()));
                lead(instruction, own);
            }
            case Operation.PointerAdd add -> {
                lead(instruction, of(add.pointer()));
                escape(add.offset());
            }
            case Operation.Reinterpret same -> lead(instruction, of(same.value()));
            case Operation.Load load -> {}
            case Operation.Store store -> escape(store.value());
            case Operation.Compare compare -> {}
            case Operation.PointerDifference difference -> {}
            case Operation.CallFunction call -> {}
            case Operation.CallHelper call -> {
                if (call.helper().name().contains(KEPT_BY_KERNEL)) {
                    call.arguments().forEach(this::escape);
                }
            }
            case Operation.Atomic atomic -> escape(atomic.value());
            default -> instruction.operation().operands().forEach(this::escape);
        }
    }

    private void lead(Value value, BitSet to) {
        if (!to.isEmpty()) {
            BitSet known = led.computeIfAbsent(value, v -> new BitSet());
            int before = known.cardinality();
            known.or(to);
            changed |= known.cardinality() != before;
        }
    }

    private void escape(Value value) {
        escaped.or(of(value));
    }
}
