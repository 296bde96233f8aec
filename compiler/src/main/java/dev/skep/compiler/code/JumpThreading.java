package dev.skep.compiler.code;

import java.util.HashSet;
import java.util.Set;

/** Lets ways into blocks that do nothing lead where those lead. */
final class JumpThreading {
    private JumpThreading() {}

    static void thread(MachineFunction machine) {
        for (MachineBlock block : machine.blocks()) {
            block.endWith(simplified(block.end().withTargets(JumpThreading::destination)));
        }
    }

    private static MachineEnd simplified(MachineEnd end) {
        if (end instanceof MachineEnd.Branch branch && branch.taken() == branch.otherwise()) {
            return simplified(new MachineEnd.Go(branch.taken(), branch.position()));
        }
        if (end instanceof MachineEnd.MayContinue loop && loop.more() == loop.exhausted()) {
            return simplified(new MachineEnd.Go(loop.more(), loop.position()));
        }
        boolean leaves = end instanceof MachineEnd.Go go
                && go.target().instructions().isEmpty()
                && go.target().end() instanceof MachineEnd.Exit;
        return leaves ? ((MachineEnd.Go) end).target().end() : end;
    }

    private static MachineBlock destination(MachineBlock block) {
        Set<MachineBlock> passed = new HashSet<>();
        MachineBlock at = block;
        while (at.instructions().isEmpty() && at.end() instanceof MachineEnd.Go go && passed.add(at)) {
            at = go.target();
        }
        return at;
    }
}
