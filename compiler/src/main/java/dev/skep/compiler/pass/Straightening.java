package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.BlockParameter;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Terminator.Jump;
import dev.skep.compiler.ir.Terminator.Return;
import dev.skep.compiler.ir.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes ways straight: a block is joined to the only one that goes on with it, jumps to a block that does nothing but jump go where
 * that goes, and a jump to a block that only returns becomes the return.
 */
final class Straightening implements Pass {
    @Override
    public boolean run(Function function) {
        boolean changed = skipEmptyBlocks(function);
        changed |= new UnreachableBlocks().run(function);
        changed |= join(function);
        return changed;
    }

    private static boolean join(Function function) {
        ControlFlow flow = ControlFlow.of(function);
        Substitution substitution = new Substitution();
        Set<Block> joined = new HashSet<>();
        for (Block block : flow.order()) {
            while (!joined.contains(block)
                    && block.terminator() instanceof Jump jump
                    && isOnlyWayTo(function, flow, block, jump.edge().target())) {
                append(jump.edge(), block, substitution);
                joined.add(jump.edge().target());
            }
        }
        function.blocks().removeAll(joined);
        substitution.applyTo(function);
        return !joined.isEmpty();
    }

    private static void append(Edge edge, Block block, Substitution substitution) {
        Block next = edge.target();
        for (int i = 0; i < next.parameters().size(); i++) {
            substitution.put(next.parameters().get(i), edge.arguments().get(i));
        }
        block.instructions().addAll(next.instructions());
        block.terminate(next.terminator());
    }

    private static boolean isOnlyWayTo(Function function, ControlFlow flow, Block from, Block to) {
        return to != from && to != function.entry() && flow.incoming(to).size() == 1;
    }

    private static boolean skipEmptyBlocks(Function function) {
        boolean changed = false;
        Uses uses = new Uses(function);
        Map<Block, Set<Block>> before = new HashMap<>();
        function.blocks().forEach(block -> note(block, before));
        for (Block block : List.copyOf(function.blocks())) {
            if (block.instructions().isEmpty() && block != function.entry() && uses.areLocal(block)) {
                changed |= skip(block, before);
            }
        }
        return changed;
    }

    private static void note(Block block, Map<Block, Set<Block>> before) {
        for (Edge edge : block.terminator().edges()) {
            before.computeIfAbsent(edge.target(), target -> new LinkedHashSet<>())
                    .add(block);
        }
    }

    private static boolean skip(Block empty, Map<Block, Set<Block>> before) {
        boolean changed = false;
        for (Block block : List.copyOf(before.getOrDefault(empty, Set.of()))) {
            if (block == empty) {
                continue;
            }
            if (empty.terminator() instanceof Jump jump && jump.edge().target() != empty && leadsTo(block, empty)) {
                Edges.map(block, edge -> edge.target() == empty ? past(edge, jump.edge()) : edge);
                note(block, before);
                changed = true;
            } else if (empty.terminator() instanceof Return leave
                    && block.terminator() instanceof Jump jump
                    && jump.edge().target() == empty) {
                block.terminate(bound(jump.edge()).of(leave));
                changed = true;
            }
        }
        return changed;
    }

    private static boolean leadsTo(Block block, Block target) {
        return block.terminator().edges().stream().anyMatch(edge -> edge.target() == target);
    }

    private static Edge past(Edge toEmpty, Edge onward) {
        return bound(toEmpty).of(onward);
    }

    /** The parameters of an edge's target as its arguments. */
    static Substitution bound(Edge edge) {
        Substitution substitution = new Substitution();
        List<BlockParameter> parameters = edge.target().parameters();
        for (int i = 0; i < parameters.size(); i++) {
            Value argument = edge.arguments().get(i);
            if (!argument.equals(parameters.get(i))) {
                substitution.put(parameters.get(i), argument);
            }
        }
        return substitution;
    }
}
