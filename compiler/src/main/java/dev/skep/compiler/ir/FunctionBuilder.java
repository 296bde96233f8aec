package dev.skep.compiler.ir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Builds a function block by block, and its SSA form on the way: variables are written and read as in the source, and where ways
 * with different values meet, a block parameter is made.
 *
 * <p>The method is that of Braun et al., "Simple and Efficient Construction of Static Single Assignment Form" (CC 2013). A block is
 * sealed once all blocks that go on with it are terminated; reading a variable in one that is not makes a parameter to be
 * completed then.
 *
 * <pre>{@code
 * FunctionBuilder builder = new FunctionBuilder(function);
 * Block entry = function.addBlock("entry");
 * builder.seal(entry);
 * builder.at(entry);
 * builder.write(count, Constant.of(1));
 * builder.end(new Terminator.Return(Optional.of(builder.read(count)), position));
 * builder.finish();
 * }</pre>
 */
public final class FunctionBuilder {
    private final Function function;
    private final Map<Block, Map<Variable, Value>> definitions = new IdentityHashMap<>();
    private final Map<Block, List<Block>> predecessors = new IdentityHashMap<>();
    private final Map<Block, Map<Variable, BlockParameter>> incomplete = new IdentityHashMap<>();
    private final Set<Block> sealed = new HashSet<>();
    private final Deque<Join> toComplete = new ArrayDeque<>();
    private Block current;
    private Position position;

    /** A parameter that was made for a variable, and whose arguments are still to be given on the ways to its block. */
    private record Join(Block block, Variable variable, BlockParameter parameter) {}

    /** Builds {@code function}, whose entry block, the first, is there already. */
    public FunctionBuilder(Function function) {
        this.function = function;
        this.current = function.entry();
        this.position = function.position();
    }

    /** The function that is built. */
    public Function function() {
        return function;
    }

    /** Where instructions are added. */
    public Block block() {
        return current;
    }

    /** Goes on adding instructions to {@code block}. */
    public void at(Block block) {
        current = block;
    }

    /** Where the source asks for what comes next. */
    public Position position() {
        return position;
    }

    /** What is added from here on comes from there. */
    public void at(Position place) {
        position = place;
    }

    /** Adds an operation to the current block. */
    public Instruction add(Operation operation) {
        Instruction instruction = new Instruction(operation, position);
        current.instructions().add(instruction);
        return instruction;
    }

    /**
     * Ends the current block. Its edges must not have arguments yet for variables: those are added when targets are sealed.
     *
     * @throws IllegalStateException if it has ended already, or goes on with a block that is sealed
     */
    public void end(Terminator terminator) {
        if (current.isTerminated()) {
            throw new IllegalStateException("block " + current.name() + " has ended already");
        }
        current.terminate(terminator);
        for (Edge edge : terminator.edges()) {
            if (sealed.contains(edge.target())) {
                throw new IllegalStateException(
                        "block " + edge.target().name() + " is sealed, nothing may go on with it");
            }
            List<Block> list = predecessors.computeIfAbsent(edge.target(), block -> new ArrayList<>());
            if (!list.contains(current)) {
                list.add(current);
            }
        }
    }

    /** From here on in the current block the variable has this value. */
    public void write(Variable variable, Value value) {
        define(current, variable, value);
    }

    /** The value the variable has at the end of the current block as it is now; 0 or null where nothing was written. */
    public Value read(Variable variable) {
        Value value = read(variable, current);
        completeAll();
        return value;
    }

    /** All that go on with {@code block} are terminated. */
    public void seal(Block block) {
        if (sealed.add(block)) {
            Map<Variable, BlockParameter> open = incomplete.getOrDefault(block, Map.of());
            incomplete.remove(block);
            open.forEach((variable, parameter) -> toComplete.add(new Join(block, variable, parameter)));
            completeAll();
        }
    }

    /**
     * To be called last: seals what is open, and drops blocks that are never reached.
     *
     * @throws IllegalStateException if a block that is reached has no end
     */
    public void finish() {
        List.copyOf(function.blocks()).forEach(this::seal);
        Set<Block> reached = new HashSet<>();
        List<Block> toVisit = new ArrayList<>(List.of(function.entry()));
        while (!toVisit.isEmpty()) {
            Block block = toVisit.removeLast();
            if (reached.add(block)) {
                if (!block.isTerminated()) {
                    throw new IllegalStateException("block " + block.name() + " of " + function + " has no end");
                }
                block.terminator().edges().forEach(edge -> toVisit.add(edge.target()));
            }
        }
        function.blocks().removeIf(block -> !reached.contains(block));
    }

    private void define(Block block, Variable variable, Value value) {
        definitions.computeIfAbsent(block, b -> new HashMap<>()).put(variable, value);
    }

    /** Goes back along the only way to a block until the value is known, without recursion: such ways can be long. */
    private Value read(Variable variable, Block block) {
        List<Block> passed = new ArrayList<>();
        Block at = block;
        Value value = definitions.getOrDefault(at, Map.of()).get(variable);
        while (value == null) {
            passed.add(at);
            List<Block> before = predecessors.getOrDefault(at, List.of());
            if (sealed.contains(at) && before.size() == 1) {
                at = before.getFirst();
                value = definitions.getOrDefault(at, Map.of()).get(variable);
            } else {
                value = startValue(variable, at, before.isEmpty());
            }
        }
        for (Block each : passed) {
            define(each, variable, value);
        }
        return value;
    }

    /** The value a variable has at the start of a block that no or several ways lead to, or that more may lead to. */
    private Value startValue(Variable variable, Block block, boolean neverReached) {
        if (sealed.contains(block) && neverReached) {
            return new Constant(variable.type(), 0);
        }
        BlockParameter parameter = block.addParameter(variable.name(), variable.type());
        if (sealed.contains(block)) {
            toComplete.add(new Join(block, variable, parameter));
        } else {
            incomplete.computeIfAbsent(block, b -> new LinkedHashMap<>()).put(variable, parameter);
        }
        return parameter;
    }

    /** Completes the parameters made so far, and those that are made on the way. */
    private void completeAll() {
        while (!toComplete.isEmpty()) {
            complete(toComplete.remove());
        }
    }

    /** Gives every edge to the block the variable's value. Parameters that always get the same value are left to a pass. */
    private void complete(Join join) {
        Block block = join.block();
        int index = block.parameters().indexOf(join.parameter());
        for (Block before : predecessors.getOrDefault(block, List.of())) {
            Value value = read(join.variable(), before);
            before.terminate(before.terminator()
                    .withEdges(before.terminator().edges().stream()
                            .map(edge -> edge.target() == block ? withArgument(edge, index, value) : edge)
                            .toList()));
        }
    }

    private static Edge withArgument(Edge edge, int index, Value value) {
        List<Value> arguments = new ArrayList<>(edge.arguments());
        if (arguments.size() != index) {
            throw new IllegalStateException("argument " + index + " of an edge to "
                    + edge.target().name() + " would be its " + arguments.size() + "th");
        }
        arguments.add(value);
        return new Edge(edge.target(), arguments);
    }
}
