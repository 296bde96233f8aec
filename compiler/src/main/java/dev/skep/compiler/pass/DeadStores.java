package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.StackSlot;
import java.util.HashSet;
import java.util.Set;

/** Removes stores to slots of the frame, or parts of them, that nothing is ever read from. */
final class DeadStores implements Pass {
    @Override
    public boolean run(Function function) {
        SlotUses uses = new SlotUses(function);
        Set<Instruction> dead = new HashSet<>();
        for (StackSlot slot : uses.contained()) {
            for (SlotUses.Access store : uses.accesses(slot)) {
                boolean isRead = uses.accesses(slot).stream().anyMatch(a -> !a.isStore() && a.overlaps(store));
                if (store.isStore() && !isRead) {
                    dead.add(store.instruction());
                }
            }
        }
        boolean changed = false;
        for (Block block : function.blocks()) {
            changed |= block.instructions().removeIf(dead::contains);
        }
        return changed;
    }
}
