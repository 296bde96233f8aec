package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.Terminator.Jump;
import dev.skep.compiler.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The natural loops of a function, as they are when this is made. Cycles that can be entered at several places are none. */
final class Loops {
    /**
     * A loop.
     *
     * @param head every way into the loop leads there, and every way back
     * @param blocks those of the loop, of inner loops as well, the head among them
     * @param entries the edges to the head from outside
     * @param ways the edges back to the head
     */
    record Loop(Block head, Set<Block> blocks, List<ControlFlow.Incoming> entries, List<ControlFlow.Incoming> ways) {
        boolean contains(Block block) {
            return blocks.contains(block);
        }

        /** What is done in the loop. */
        Stream<Operation> operations() {
            return blocks.stream()
                    .flatMap(block -> block.instructions().stream())
                    .map(Instruction::operation);
        }

        /** True if something in the loop calls a function or a helper. */
        boolean calls() {
            return operations().anyMatch(CommonSubexpressions::isCall);
        }

        /** The values that are defined in the loop. */
        Set<Value> definitions() {
            Set<Value> inside = new HashSet<>();
            for (Block block : blocks) {
                inside.addAll(block.parameters());
                inside.addAll(block.instructions());
            }
            return inside;
        }

        /** What the loop uses of what is defined before it, numbers apart. */
        Set<Value> usesFromOutside() {
            Set<Value> outside = new LinkedHashSet<>();
            for (Block block : blocks) {
                for (Instruction instruction : block.instructions()) {
                    outside.addAll(instruction.operation().operands());
                }
                outside.addAll(block.terminator().operands());
                block.terminator().edges().forEach(edge -> outside.addAll(edge.arguments()));
            }
            Set<Value> inside = definitions();
            outside.removeIf(value -> value instanceof Constant || inside.contains(value));
            return outside;
        }
    }

    private final List<Loop> all = new ArrayList<>();
    private final Map<Block, Loop> innermost = new HashMap<>();

    Loops(ControlFlow flow, Dominators dominators) {
        for (Block head : flow.order().reversed()) {
            List<ControlFlow.Incoming> entries = new ArrayList<>();
            List<ControlFlow.Incoming> ways = new ArrayList<>();
            for (ControlFlow.Incoming edge : flow.incoming(head)) {
                (dominators.dominates(head, edge.from()) ? ways : entries).add(edge);
            }
            if (!ways.isEmpty()) {
                Loop loop = new Loop(head, blocks(head, ways, flow), entries, ways);
                all.add(loop);
                loop.blocks().forEach(block -> innermost.putIfAbsent(block, loop));
            }
        }
    }

    static Loops of(Function function) {
        ControlFlow flow = ControlFlow.of(function);
        return new Loops(flow, new Dominators(flow));
    }

    private static Set<Block> blocks(Block head, List<ControlFlow.Incoming> ways, ControlFlow flow) {
        Set<Block> blocks = new LinkedHashSet<>(List.of(head));
        Deque<Block> open = new ArrayDeque<>();
        ways.forEach(way -> open.push(way.from()));
        while (!open.isEmpty()) {
            Block block = open.pop();
            if (blocks.add(block)) {
                flow.incoming(block).forEach(edge -> open.push(edge.from()));
            }
        }
        return blocks;
    }

    /** All, inner ones before those around them. */
    List<Loop> all() {
        return all;
    }

    /** The smallest loop around a block. */
    Optional<Loop> around(Block block) {
        return Optional.ofNullable(innermost.get(block));
    }

    /** True if there is no loop inside. */
    boolean isInnermost(Loop loop) {
        return loop.blocks().stream()
                .allMatch(block -> around(block).stream().anyMatch(found -> found.head() == loop.head()));
    }

    /** The block that leads to the loop and nowhere else, if there is one. */
    static Optional<Block> before(Loop loop, Function function) {
        boolean isAlone = loop.entries().size() == 1
                && loop.entries().getFirst().from().terminator() instanceof Jump
                && loop.head() != function.entry();
        return isAlone ? Optional.of(loop.entries().getFirst().from()) : Optional.empty();
    }

    /** Makes a block that leads there, and nowhere else, for each of the loops that are worked on. */
    static Loops withBlocksBefore(Function function, Predicate<Loop> isWorkedOn) {
        Loops loops = of(function);
        boolean changed = false;
        for (Loop loop : loops.all()) {
            if (loop.head() != function.entry() && before(loop, function).isEmpty() && isWorkedOn.test(loop)) {
                Edges.gather(loop.entries(), loop.head(), function);
                changed = true;
            }
        }
        return changed ? of(function) : loops;
    }

    /** An instruction at the end of a block. */
    static Instruction append(Block block, Operation operation, Position position) {
        Instruction instruction = new Instruction(operation, position);
        block.instructions().add(instruction);
        return instruction;
    }
}
