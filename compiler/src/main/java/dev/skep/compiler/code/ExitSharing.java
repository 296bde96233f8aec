package dev.skep.compiler.code;

import dev.skep.compiler.ir.Position;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps one of blocks that leave the function in the same way, and has a short one copied where a jump to it would be needed all the
 * same.
 */
final class ExitSharing {
    /** A jump takes the place of one instruction; one more is worth that it is not done. */
    private static final int WORTH_COPYING = 1;

    /** What a block does, wherever the source asks for it. */
    private record Exit(List<MachineInstruction> instructions, boolean hasResult) {}

    private ExitSharing() {}

    /** Makes all ways to blocks that leave in the same way lead to one of them. */
    static void share(MachineFunction machine) {
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

    /** Copies short exits to blocks in {@code order} that would have to jump there. @return those that are still reached */
    static List<MachineBlock> copy(MachineFunction machine, List<MachineBlock> order) {
        for (int i = 0; i < order.size(); i++) {
            MachineBlock block = order.get(i);
            boolean fallsThrough = i + 1 < order.size() && block.end().targets().contains(order.get(i + 1));
            if (!fallsThrough && block.end() instanceof MachineEnd.Go go && isShortExit(go.target())) {
                block.instructions().addAll(go.target().instructions());
                block.endWith(go.target().end());
            }
        }
        ControlFlow flow = new ControlFlow(machine);
        return order.stream().filter(block -> flow.position(block) >= 0).toList();
    }

    private static boolean isShortExit(MachineBlock block) {
        return block.end() instanceof MachineEnd.Exit && block.instructions().size() <= WORTH_COPYING;
    }
}
