package dev.skep.compiler.code;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Which registers hold values at the end of each block that are still needed. */
final class Liveness {
    private final List<BitSet> atEnd = new ArrayList<>();

    Liveness(MachineFunction machine, ControlFlow flow) {
        int count = machine.blocks().size();
        List<BitSet> atStart = new ArrayList<>();
        List<BitSet> used = new ArrayList<>();
        List<BitSet> defined = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            atEnd.add(new BitSet());
            atStart.add(new BitSet());
            used.add(new BitSet());
            defined.add(new BitSet());
            if (flow.position(machine.blocks().get(i)) >= 0) {
                summarize(machine.blocks().get(i), used.get(i), defined.get(i));
            }
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (MachineBlock block : flow.order().reversed()) {
                int number = block.number();
                BitSet live = atEnd.get(number);
                for (MachineBlock next : block.end().targets()) {
                    live.or(atStart.get(next.number()));
                }
                BitSet start = (BitSet) live.clone();
                start.andNot(defined.get(number));
                start.or(used.get(number));
                if (!start.equals(atStart.get(number))) {
                    atStart.set(number, start);
                    changed = true;
                }
            }
        }
    }

    /** The registers needed after {@code block}. */
    BitSet atEnd(MachineBlock block) {
        return atEnd.get(block.number());
    }

    /** What is needed from before the block, and what gets another value in it. */
    private static void summarize(MachineBlock block, BitSet used, BitSet defined) {
        block.end().forEachUse(used::set);
        for (MachineInstruction instruction : block.instructions().reversed()) {
            instruction.forEachDefinition(register -> {
                used.clear(register);
                defined.set(register);
            });
            instruction.forEachUse(used::set);
        }
    }
}
