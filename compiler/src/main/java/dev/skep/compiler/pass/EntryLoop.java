package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.BlockParameter;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Operation.NextEntry;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Value;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A loop over the entries of a map, as front ends leave it: its head asks for the next entry and does nothing else. */
final class EntryLoop {
    private final Function function;
    private final Instruction next;
    private final Block head;
    private final ControlFlow.Incoming bodyEdge;
    private final Dominators dominators;
    private final Set<Block> blocks = new LinkedHashSet<>();

    private EntryLoop(Function function, Block head, Instruction next) {
        this.function = function;
        this.head = head;
        this.next = next;
        int index = indexOfBody();
        ControlFlow.Incoming edge = new ControlFlow.Incoming(head, index);
        if (ControlFlow.of(function).incoming(edge.edge().target()).size() > 1) {
            Edges.gather(List.of(edge), edge.edge().target(), function);
        }
        bodyEdge = edge;
        ControlFlow flow = ControlFlow.of(function);
        dominators = new Dominators(flow);
        findBlocks(flow);
        requireStartBefore(new Loops(flow, dominators));
    }

    /**
     * One that has none within it; its head is a block of its own afterwards.
     *
     * @throws InputException naming the place if the entries are not gone through by a loop
     */
    static Optional<EntryLoop> innermost(Function function) {
        for (Block block : ControlFlow.of(function).order().reversed()) {
            for (Instruction instruction : block.instructions()) {
                if (instruction.operation() instanceof NextEntry) {
                    return Optional.of(new EntryLoop(function, splitBefore(instruction, block, function), instruction));
                }
            }
        }
        return Optional.empty();
    }

    private static Block splitBefore(Instruction instruction, Block block, Function function) {
        int at = block.instructions().indexOf(instruction);
        if (at == 0 && block != function.entry()) {
            return block;
        }
        Block rest = function.addBlock(block.name());
        List<Instruction> behind =
                block.instructions().subList(at, block.instructions().size());
        rest.instructions().addAll(behind);
        behind.clear();
        rest.terminate(block.terminator());
        block.terminate(new Terminator.Jump(Edge.to(rest), instruction.position()));
        return rest;
    }

    private int indexOfBody() {
        if (head.instructions().size() == 1
                && head.terminator() instanceof Terminator.Branch branch
                && branch.left() == next
                && Constants.is(branch.right(), 0)
                && (branch.comparison() == Comparison.EQUAL || branch.comparison() == Comparison.NOT_EQUAL)) {
            return branch.comparison() == Comparison.NOT_EQUAL ? 0 : 1;
        }
        throw otherwise();
    }

    /** The blocks from which the head is come to again, and those that need the key, which is not there afterwards. */
    private void findBlocks(ControlFlow flow) {
        Deque<Block> open = new ArrayDeque<>();
        open.push(body());
        for (ControlFlow.Incoming edge : flow.incoming(head)) {
            if (isInside(edge.from())) {
                open.push(edge.from());
            } else if (dominators.dominates(head, edge.from())) {
                throw otherwise();
            }
        }
        for (Block user : keyUsers(flow)) {
            if (!isInside(user)) {
                throw refusal(
                        "the key of an entry is kept beyond its round of the loop",
                        "copy its fields into a struct of your own, or numbers");
            }
            open.push(user);
        }
        while (!open.isEmpty()) {
            Block block = open.pop();
            if (block != head && blocks.add(block)) {
                flow.incoming(block).forEach(edge -> open.push(edge.from()));
            }
        }
    }

    private boolean isInside(Block block) {
        return dominators.dominates(body(), block);
    }

    /** Where the address of the key, or one that is computed from it, is used. */
    private Set<Block> keyUsers(ControlFlow flow) {
        Set<Value> keys = new HashSet<>();
        Set<Block> users = new LinkedHashSet<>();
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Block block : flow.order()) {
                changed |= addUses(block, keys, users);
            }
        }
        return users;
    }

    private boolean addUses(Block block, Set<Value> keys, Set<Block> users) {
        int before = keys.size() + users.size();
        for (Instruction instruction : block.instructions()) {
            Operation operation = instruction.operation();
            boolean isKey =
                    operation instanceof Operation.EntryAddress address && address.next() == next && address.isKey();
            boolean uses = operation.operands().stream().anyMatch(keys::contains);
            if (isKey || (uses && SharedSlots.isDerived(operation))) {
                keys.add(instruction);
            }
            if (uses) {
                users.add(block);
            }
        }
        if (block.terminator().operands().stream().anyMatch(keys::contains)) {
            users.add(block);
        }
        for (Edge edge : block.terminator().edges()) {
            List<BlockParameter> parameters = edge.target().parameters();
            for (int i = 0; i < parameters.size(); i++) {
                if (keys.contains(edge.arguments().get(i))) {
                    keys.add(parameters.get(i));
                    users.add(edge.target());
                }
            }
        }
        return keys.size() + users.size() > before;
    }

    /** The entries are asked for once for each time that the loop is entered. */
    private void requireStartBefore(Loops loops) {
        Block start = function.blocks().stream()
                .filter(block -> block.instructions().contains(entries()))
                .findFirst()
                .orElseThrow();
        boolean startsElsewhere = loops.all().stream()
                .anyMatch(loop -> loop.head() != head && loop.contains(head) && !loop.contains(start));
        if (startsElsewhere) {
            throw otherwise();
        }
        for (Block block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                boolean isOther = instruction.operation() instanceof NextEntry other
                        && other.entries() == entries()
                        && instruction != next;
                if (isOther) {
                    throw otherwise();
                }
            }
        }
    }

    private InputException otherwise() {
        return refusal(
                "the entries of a map are gone through by other means than a for loop",
                "write for (var entry : map) { ... }");
    }

    /** What is wrong with it. */
    InputException refusal(String problem, String advice) {
        return new InputException(Location.in(next.position().toString()), problem, advice);
    }

    Function function() {
        return function;
    }

    /** The block that asks for the next entry. */
    Block head() {
        return head;
    }

    /** What asks for the next entry. */
    Instruction next() {
        return next;
    }

    Position position() {
        return next.position();
    }

    /** What makes the entries of the map. */
    Instruction entries() {
        return (Instruction) ((NextEntry) next.operation()).entries();
    }

    /** True if it goes through a number of rounds, not through a map. */
    boolean isOfRounds() {
        return entries().operation() instanceof Operation.Rounds;
    }

    /** What the kernel's helper is called with first: the address of the map, or how many rounds there are at most. */
    Value subject() {
        return switch (entries().operation()) {
            case Operation.Entries entries -> entries.map();
            case Operation.Rounds rounds -> Constant.of((long) rounds.most());
            default -> throw new IllegalStateException(entries() + " has no entries");
        };
    }

    /** Where a round starts; only the head leads there. */
    Block body() {
        return bodyEdge.edge().target();
    }

    /** The way from the head to the body. */
    Edge toBody() {
        return bodyEdge.edge();
    }

    /** The way that is gone when there are no more entries. */
    Edge done() {
        return head.terminator().edges().get(1 - bodyEdge.index());
    }

    /** The blocks of the loop, without its head. */
    Set<Block> blocks() {
        return blocks;
    }

    boolean dominates(Block one, Block other) {
        return dominators.dominates(one, other);
    }
}
