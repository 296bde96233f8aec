package dev.skep.compiler.ir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says what is wrong with a function as an intermediate representation: a value used where it is not defined on every way, edges
 * whose arguments do not fit, operands of the wrong type, blocks without end. Tests ask it after construction and after each pass.
 */
public final class IntegrityChecker {
    private final Function function;
    private final List<String> problems = new ArrayList<>();
    private final Map<Value, Block> definitions = new IdentityHashMap<>();
    private final Map<Instruction, Integer> places = new IdentityHashMap<>();

    private IntegrityChecker(Function function) {
        this.function = function;
    }

    /** What is wrong with {@code function}; nothing if it may be passed on. */
    public static List<String> problems(Function function) {
        return new IntegrityChecker(function).check();
    }

    /** @throws IllegalStateException naming all that is wrong with {@code function}, with its listing, if something is */
    public static void require(Function function) {
        List<String> problems = problems(function);
        if (!problems.isEmpty()) {
            throw new IllegalStateException(
                    function + " is broken: " + String.join("; ", problems) + "\n" + IrText.of(function));
        }
    }

    private List<String> check() {
        if (function.blocks().isEmpty()) {
            return List.of("there is no block");
        }
        function.blocks().forEach(this::checkEnd);
        if (problems.isEmpty()) {
            function.blocks().forEach(this::define);
            Dominators dominators = new Dominators(function);
            for (Block block : function.blocks()) {
                if (dominators.isReached(block)) {
                    checkBlock(block, dominators);
                }
            }
        }
        return List.copyOf(problems);
    }

    private void checkEnd(Block block) {
        if (!block.isTerminated()) {
            problems.add("block " + block.name() + " has no end");
            return;
        }
        for (Edge edge : block.terminator().edges()) {
            if (!function.blocks().contains(edge.target())) {
                problems.add("block " + block.name() + " goes on with "
                        + edge.target().name() + ", which is not of this function");
            }
        }
    }

    private void define(Block block) {
        block.parameters().forEach(parameter -> define(parameter, block));
        for (int i = 0; i < block.instructions().size(); i++) {
            Instruction instruction = block.instructions().get(i);
            define(instruction, block);
            places.put(instruction, i);
        }
    }

    private void define(Value value, Block block) {
        if (definitions.put(value, block) != null) {
            problems.add("a value of block " + block.name() + " is defined twice: " + value);
        }
    }

    private void checkBlock(Block block, Dominators dominators) {
        List<Instruction> instructions = block.instructions();
        for (int i = 0; i < instructions.size(); i++) {
            Operation operation = instructions.get(i).operation();
            String where = "instruction " + i + " of block " + block.name();
            for (Value operand : operation.operands()) {
                checkUse(operand, block, i, where, dominators);
            }
            OperandRules.problem(operation).ifPresent(problem -> problems.add(where + ": " + problem));
        }
        String where = "the end of block " + block.name();
        Terminator end = block.terminator();
        end.operands().forEach(operand -> checkUse(operand, block, instructions.size(), where, dominators));
        OperandRules.problem(end, function).ifPresent(problem -> problems.add(where + ": " + problem));
        if (end instanceof Terminator.Switch choice) {
            checkCases(choice, where);
        }
        end.edges().forEach(edge -> checkEdge(edge, block, where, dominators));
    }

    private void checkCases(Terminator.Switch choice, String where) {
        Set<Long> numbers = new HashSet<>();
        for (Terminator.Switch.Case one : choice.cases()) {
            if (!numbers.add(one.number())) {
                problems.add(where + ": there are two cases " + one.number());
            }
        }
    }

    private void checkEdge(Edge edge, Block block, String where, Dominators dominators) {
        List<BlockParameter> parameters = edge.target().parameters();
        if (edge.arguments().size() != parameters.size()) {
            problems.add(where + " gives " + edge.arguments().size() + " arguments to block "
                    + edge.target().name() + ", which takes " + parameters.size());
            return;
        }
        for (int i = 0; i < parameters.size(); i++) {
            Value argument = edge.arguments().get(i);
            checkUse(argument, block, block.instructions().size(), where, dominators);
            if (!OperandRules.fits(argument.type(), parameters.get(i).type())) {
                problems.add(where + " gives " + argument.type() + " for parameter " + i + " of block "
                        + edge.target().name() + ", which is "
                        + parameters.get(i).type());
            }
        }
    }

    /** Where in its block a value is defined: parameters before the first instruction. */
    private int place(Value value) {
        return value instanceof Instruction instruction ? places.getOrDefault(instruction, 0) : -1;
    }

    private void checkUse(Value value, Block user, int place, String where, Dominators dominators) {
        if (value instanceof Constant) {
            return;
        }
        Block home = definitions.get(value);
        if (home == null) {
            problems.add(where + " uses a value that no block defines: " + value);
        } else if (!dominators.isReached(home)
                || !dominators.dominates(home, user)
                || (home == user && place(value) >= place)) {
            problems.add(where + " uses a value of block " + home.name() + " that is not defined on every way there");
        }
    }
}
