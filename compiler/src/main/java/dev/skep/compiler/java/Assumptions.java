package dev.skep.compiler.java;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.BlockParameter;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was taken for granted where not all ways to a place were known yet, because of a loop. Once all functions are complete it is
 * looked at whether it was right.
 */
final class Assumptions {
    /** A value is this number, whichever way was taken. @param otherwise what is wrong if it is not */
    private record Assumption(Value value, long number, Position position, Refusal otherwise) {}

    private final List<Assumption> all = new ArrayList<>();

    /** Takes it that a value is a number. */
    void add(Value value, long number, Position position, Refusal otherwise) {
        all.add(new Assumption(value, number, position, otherwise));
    }

    /** Takes over those of something that was tried. */
    void addAll(Assumptions others) {
        all.addAll(others.all);
    }

    /** Adds a finding for each place where an assumption is wrong. */
    void check(List<Function> functions, Findings findings) {
        if (all.isEmpty()) {
            return;
        }
        Map<Value, List<Value>> arguments = new HashMap<>();
        functions.stream()
                .flatMap(function -> function.blocks().stream())
                .filter(Block::isTerminated)
                .flatMap(block -> block.terminator().edges().stream())
                .forEach(edge -> add(edge, arguments));
        Set<Finding> found = new HashSet<>();
        for (Assumption assumption : all) {
            Position position = assumption.position();
            if (!isRight(assumption, arguments)
                    && found.add(assumption.otherwise().at(position.file(), position.line()))) {
                findings.add(position.file(), position.line(), assumption.otherwise());
            }
        }
    }

    private static void add(Edge edge, Map<Value, List<Value>> arguments) {
        for (int i = 0; i < edge.arguments().size(); i++) {
            arguments
                    .computeIfAbsent(edge.target().parameters().get(i), parameter -> new ArrayList<>())
                    .add(edge.arguments().get(i));
        }
    }

    /** Goes back along all ways to where the value comes from. */
    private static boolean isRight(Assumption assumption, Map<Value, List<Value>> arguments) {
        Set<Value> visited = new HashSet<>();
        Deque<Value> toVisit = new ArrayDeque<>(List.of(assumption.value()));
        while (!toVisit.isEmpty()) {
            Value value = toVisit.pop();
            boolean known = value instanceof Constant constant && constant.value() == assumption.number();
            if (value instanceof BlockParameter && visited.add(value)) {
                toVisit.addAll(arguments.getOrDefault(value, List.of()));
            } else if (!known && !(value instanceof BlockParameter)) {
                return false;
            }
        }
        return true;
    }
}
