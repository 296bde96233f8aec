package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Operation.Load;
import dev.skep.compiler.ir.Operation.StackAddress;
import dev.skep.compiler.ir.Operation.Store;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.StackSlot;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Removes stores to slots of the frame that are overwritten in the same block before anybody can read them: what clears a struct whose
 * fields are set next.
 */
final class OverwrittenStores implements Pass {
    @Override
    public boolean run(Function function) {
        boolean changed = false;
        for (Block block : function.blocks()) {
            List<Instruction> dead = new Backward().dead(block);
            changed |= block.instructions().removeAll(dead);
        }
        return changed;
    }

    /** Goes through a block from its end. */
    private static final class Backward {
        /** The bytes that are written further on before they are read. */
        private final Map<StackSlot, BitSet> overwritten = new HashMap<>();

        List<Instruction> dead(Block block) {
            List<Instruction> dead = new ArrayList<>();
            for (Instruction instruction : block.instructions().reversed()) {
                switch (instruction.operation()) {
                    case Store store -> {
                        if (isDead(store)) {
                            dead.add(instruction);
                        }
                    }
                    case Load load -> read(load);
                    case Operation other -> {
                        if (!other.isPure()) {
                            overwritten.clear();
                        }
                    }
                }
            }
            return dead;
        }

        private boolean isDead(Store store) {
            PointerRules.Place place = PointerRules.place(store.address());
            if (!(place.base() instanceof Instruction i && i.operation() instanceof StackAddress address)) {
                return false;
            }
            int start = (int) place.offset() + store.offset();
            int end = start + store.width().bytes();
            if (store.field().isPresent() || start < 0) {
                return false;
            }
            BitSet bytes = overwritten.computeIfAbsent(address.slot(), slot -> new BitSet());
            boolean isDead = bytes.nextClearBit(start) >= end;
            bytes.set(start, end);
            return isDead;
        }

        private void read(Load load) {
            PointerRules.Place place = PointerRules.place(load.address());
            int start = (int) place.offset() + load.offset();
            if (place.base() instanceof Instruction i && i.operation() instanceof StackAddress address && start >= 0) {
                overwritten
                        .getOrDefault(address.slot(), new BitSet())
                        .clear(start, start + load.width().bytes());
            } else if (!(place.base().type() instanceof Pointer pointer) || mayBeFrame(pointer.provenance())) {
                overwritten.clear();
            }
        }

        private static boolean mayBeFrame(Pointer.Provenance provenance) {
            return switch (provenance) {
                case CONTEXT, PACKET, PACKET_END, PACKET_METADATA, MAP, MAP_VALUE, KERNEL, FUNCTION -> false;
                case STACK, MEMORY, KERNEL_ADDRESS, USER_ADDRESS, OPAQUE -> true;
            };
        }
    }
}
