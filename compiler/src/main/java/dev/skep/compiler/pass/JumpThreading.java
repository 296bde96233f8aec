package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.BlockParameter;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Operation.Compare;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Terminator.Branch;
import dev.skep.compiler.ir.Terminator.Jump;
import dev.skep.compiler.ir.Terminator.Switch;
import dev.skep.compiler.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ways into a block that does nothing but decide, whose decision is known on that way, go on where it leads: what becomes of a truth, or
 * a pointer that may be null, that is made in one place and asked for in another.
 */
final class JumpThreading implements Pass {
    @Override
    public boolean run(Function function) {
        boolean changed = false;
        ControlFlow flow = ControlFlow.of(function);
        for (Block block : List.copyOf(function.blocks())) {
            boolean onlyDecides = block.instructions().isEmpty()
                    && block != function.entry()
                    && block.terminator().edges().size() > 1;
            if (onlyDecides && thread(block, flow, function)) {
                flow = ControlFlow.of(function);
                changed = true;
            }
        }
        return changed;
    }

    private static boolean thread(Block deciding, ControlFlow flow, Function function) {
        Map<Block, Edge> bypasses = new HashMap<>();
        for (ControlFlow.Incoming way : flow.incoming(deciding)) {
            Optional<Edge> onward = passesOn(way, deciding) ? Optional.empty() : onward(way);
            if (onward.isPresent()) {
                Block bypass = function.addBlock(deciding.name());
                bypass.terminate(new Jump(onward.get(), deciding.terminator().position()));
                bypasses.put(bypass, way.edge());
                Edges.set(way, Edge.to(bypass));
            }
        }
        if (!bypasses.isEmpty()) {
            new UnreachableBlocks().run(function);
            deciding.parameters().forEach(p -> repair(p, deciding, bypasses, function));
        }
        return !bypasses.isEmpty();
    }

    /** True for a way round a loop on which a parameter of the block comes back, which would be another one afterwards. */
    private static boolean passesOn(ControlFlow.Incoming way, Block deciding) {
        return way.from() == deciding || way.edge().arguments().stream().anyMatch(deciding.parameters()::contains);
    }

    /** The edge that the decision takes on this way, if that is known. */
    private static Optional<Edge> onward(ControlFlow.Incoming way) {
        Block deciding = way.edge().target();
        Terminator decided = Straightening.bound(way.edge()).of(deciding.terminator());
        Terminator folded = switch (decided) {
            case Branch branch -> BranchFolding.folded(givenThat(way, branch));
            case Switch choice -> BranchFolding.folded(choice);
            default -> decided;
        };
        return folded instanceof Jump jump && jump.edge().target() != deciding
                ? Optional.of(jump.edge())
                : Optional.empty();
    }

    /** The branch with one way only, if the same was asked just before. */
    private static Branch givenThat(ControlFlow.Incoming way, Branch asked) {
        if (!(way.from().terminator() instanceof Branch before)) {
            return asked;
        }
        Compare held = new Compare(
                way.index() == 0 ? before.comparison() : before.comparison().opposite(), before.left(), before.right());
        boolean holds = held.equals(new Compare(asked.comparison(), asked.left(), asked.right()));
        boolean fails = held.equals(new Compare(asked.comparison().opposite(), asked.left(), asked.right()));
        Edge only = holds ? asked.taken() : asked.otherwise();
        return holds || fails
                ? new Branch(asked.comparison(), asked.left(), asked.right(), only, only, asked.position())
                : asked;
    }

    /** Where a parameter of the block is used behind it, it has become the value of one way or the other. */
    private static void repair(BlockParameter parameter, Block deciding, Map<Block, Edge> bypasses, Function function) {
        int index = deciding.parameters().indexOf(parameter);
        ControlFlow flow = ControlFlow.of(function);
        SsaValues values = new SsaValues(function, flow, parameter.name(), parameter.type());
        values.writes(deciding, parameter);
        bypasses.forEach(
                (bypass, edge) -> values.writes(bypass, edge.arguments().get(index)));
        for (Block user : flow.order()) {
            if (user != deciding && !bypasses.containsKey(user) && uses(user, parameter)) {
                Substitution substitution = new Substitution();
                Value value = values.atStart(user);
                if (value != parameter) {
                    substitution.put(parameter, value);
                    substitution.applyTo(user);
                }
            }
        }
    }

    private static boolean uses(Block block, Value value) {
        for (Instruction instruction : block.instructions()) {
            if (instruction.operation().operands().contains(value)) {
                return true;
            }
        }
        return block.terminator().operands().contains(value)
                || block.terminator().edges().stream()
                        .anyMatch(e -> e.arguments().contains(value));
    }
}
