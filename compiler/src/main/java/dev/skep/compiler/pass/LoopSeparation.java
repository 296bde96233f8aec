package dev.skep.compiler.pass;

import dev.skep.compiler.ir.BlockParameter;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Value;
import java.util.List;
import java.util.stream.Stream;

/**
 * Gives an outer loop and the loop it consists of a head each, where ways were made so straight that both have the same: round the inner
 * one some value stays what it is, round the outer one the inner one's counter starts anew.
 */
final class LoopSeparation implements Pass {
    @Override
    public boolean run(Function function) {
        boolean changed = false;
        for (Loops.Loop loop : Loops.of(function).all()) {
            changed |= loop.ways().size() > 1 && loop.head() != function.entry() && separate(loop, function);
        }
        if (changed) {
            new TrivialParameters().run(function);
        }
        return changed;
    }

    private static boolean separate(Loops.Loop loop, Function function) {
        for (int i = 0; i < loop.head().parameters().size(); i++) {
            int index = i;
            BlockParameter parameter = loop.head().parameters().get(i);
            List<ControlFlow.Incoming> outer = loop.ways().stream()
                    .filter(way -> !way.edge().arguments().get(index).equals(parameter))
                    .toList();
            boolean isSome = !outer.isEmpty() && outer.size() < loop.ways().size();
            if (isSome && startsAnew(loop, outer)) {
                Edges.gather(outsideOrOuter(loop, outer), loop.head(), function);
                return true;
            }
        }
        return false;
    }

    private static List<ControlFlow.Incoming> outsideOrOuter(Loops.Loop loop, List<ControlFlow.Incoming> outer) {
        return Stream.concat(loop.entries().stream(), outer.stream()).toList();
    }

    /** True if some parameter always gets a number from outside and round the outer loop, but not round the inner one. */
    private static boolean startsAnew(Loops.Loop loop, List<ControlFlow.Incoming> outer) {
        for (int i = 0; i < loop.head().parameters().size(); i++) {
            int index = i;
            boolean fromOutside = outsideOrOuter(loop, outer).stream().allMatch(edge -> isNumber(edge, index));
            boolean inside =
                    loop.ways().stream().filter(way -> !outer.contains(way)).noneMatch(way -> isNumber(way, index));
            if (fromOutside && inside) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNumber(ControlFlow.Incoming edge, int index) {
        Value argument = edge.edge().arguments().get(index);
        return argument instanceof Constant;
    }
}
