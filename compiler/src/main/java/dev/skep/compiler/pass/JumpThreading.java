package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Terminator.Branch;
import dev.skep.compiler.ir.Terminator.Jump;
import dev.skep.compiler.ir.Terminator.Switch;
import java.util.List;

/**
 * Ways into a block that does nothing but decide, whose decision is known on that way, go on where it leads: what becomes of a truth
 * that is computed in one place and asked for in another.
 */
final class JumpThreading implements Pass {
    @Override
    public boolean run(Function function) {
        boolean changed = false;
        Uses uses = new Uses(function);
        for (Block block : List.copyOf(function.blocks())) {
            boolean onlyDecides = block.instructions().isEmpty()
                    && !block.parameters().isEmpty()
                    && block != function.entry()
                    && block.terminator().edges().size() > 1;
            if (onlyDecides && uses.areLocal(block)) {
                for (Block before : function.blocks()) {
                    changed |= before != block && thread(before, block);
                }
            }
        }
        return changed;
    }

    private static boolean thread(Block before, Block deciding) {
        Terminator old = before.terminator();
        Edges.map(before, edge -> edge.target() == deciding ? onward(edge) : edge);
        return !before.terminator().equals(old);
    }

    private static Edge onward(Edge edge) {
        Terminator decided = Straightening.bound(edge).of(edge.target().terminator());
        Terminator folded =
                switch (decided) {
                    case Branch branch -> BranchFolding.folded(branch);
                    case Switch choice -> BranchFolding.folded(choice);
                    default -> decided;
                };
        return folded instanceof Jump jump && jump.edge().target() != edge.target() ? jump.edge() : edge;
    }
}
