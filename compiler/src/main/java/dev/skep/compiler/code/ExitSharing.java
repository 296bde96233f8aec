package dev.skep.compiler.code;

import dev.skep.compiler.ir.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps one of blocks that leave the function in the same way, or with the same constant result, and has a bare exit copied where a
 * jump to it would be needed all the same. The kernel's JIT makes a jump to the function's end of each exit but one, so that a jump to a
 * shared exit costs no more than the exit would.
 */
final class ExitSharing {
    /** What a block does, wherever the source asks for it. */
    private record Exit(List<MachineInstruction> instructions, boolean hasResult) {}

    private ExitSharing() {}

    /** Makes all ways to blocks that leave in the same way lead to one of them. */
    static void share(MachineFunction machine) {
        shareResults(machine);
        Map<Exit, MachineBlock> first = new HashMap<>();
        Map<MachineBlock, MachineBlock> same = new HashMap<>();
        for (MachineBlock block : machine.blocks()) {
            if (block.end() instanceof MachineEnd.Exit end) {
                List<MachineInstruction> instructions = block.instructions().stream()
                        .map(instruction -> instruction.at(Position.NONE))
                        .toList();
                same.put(block, first.computeIfAbsent(new Exit(instructions, end.hasResult()), key -> block));
            }
        }
        for (MachineBlock block : machine.blocks()) {
            block.endWith(block.end().withTargets(target -> same.getOrDefault(target, target)));
        }
    }

    /** Gives a constant that several blocks leave with a block of its own. */
    private static void shareResults(MachineFunction machine) {
        Map<MachineInstruction, List<MachineBlock>> blocks = new LinkedHashMap<>();
        for (MachineBlock block : machine.blocks()) {
            if (block.end() instanceof MachineEnd.Exit end && end.hasResult() && endsWithConstant(block)) {
                blocks.computeIfAbsent(block.instructions().getLast().at(Position.NONE), _ -> new ArrayList<>())
                        .add(block);
            }
        }
        for (List<MachineBlock> alike : blocks.values()) {
            if (alike.size() > 1) {
                MachineBlock shared = machine.addBlock();
                shared.instructions().add(alike.getFirst().instructions().getLast());
                shared.endWith(alike.getFirst().end());
                for (MachineBlock block : alike) {
                    block.instructions().removeLast();
                    block.endWith(new MachineEnd.Go(shared, block.end().position()));
                }
            }
        }
    }

    private static boolean endsWithConstant(MachineBlock block) {
        if (block.instructions().isEmpty()) {
            return false;
        }
        MachineInstruction last = block.instructions().getLast();
        return last.isConstant() && last.destination() == Registers.RESULT;
    }

    /** Copies bare exits to blocks in {@code order} that would have to jump there. @return those that are still reached */
    static List<MachineBlock> copy(MachineFunction machine, List<MachineBlock> order) {
        for (int i = 0; i < order.size(); i++) {
            MachineBlock block = order.get(i);
            boolean fallsThrough = i + 1 < order.size() && block.end().targets().contains(order.get(i + 1));
            if (!fallsThrough && block.end() instanceof MachineEnd.Go go && isBareExit(go.target())) {
                block.endWith(go.target().end());
            }
        }
        ControlFlow flow = new ControlFlow(machine);
        return order.stream().filter(block -> flow.position(block) >= 0).toList();
    }

    private static boolean isBareExit(MachineBlock block) {
        return block.end() instanceof MachineEnd.Exit && block.instructions().isEmpty();
    }
}
