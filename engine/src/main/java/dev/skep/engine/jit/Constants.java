package dev.skep.engine.jit;

import dev.skep.engine.jit.Operation.Operand;
import java.util.BitSet;

/** Which values of a region are always the same number. */
final class Constants {
    private final ValueGraph graph;
    private final BitSet constant = new BitSet();
    private final long[] numbers;

    Constants(ValueGraph graph) {
        this.graph = graph;
        numbers = new long[graph.count()];
        set(graph.nothing(), 0);
        if (graph.region.whole) {
            for (int register = 0; register < graph.registers; register++) {
                boolean undefined = register == 0 || (register >= 6 && register != Operation.FRAME_POINTER);
                if (undefined) {
                    set(graph.entry(register), 0);
                }
            }
        }
        find();
    }

    /** True if the value is always {@link #of}. */
    boolean has(int value) {
        return constant.get(value);
    }

    long of(int value) {
        return numbers[value];
    }

    private void set(int value, long number) {
        constant.set(value);
        numbers[value] = number;
    }

    /** Blocks come after those that lead to them, so one pass finds all but those that hang on a loop's own values. */
    private void find() {
        int next = 0;
        for (int block : graph.region.order) {
            while (next < graph.merges.size() && graph.merges.get(next).block() == block) {
                merge(graph.merges.get(next++));
            }
            for (int i = graph.region.starts[block]; i < graph.region.starts[block + 1]; i++) {
                evaluate(i);
            }
        }
    }

    private void merge(ValueGraph.Merge merge) {
        int first = merge.inputs().getFirst();
        boolean same = merge.inputs().stream()
                .allMatch(input -> constant.get(input) && input != graph.nothing() && numbers[input] == numbers[first]);
        if (same) {
            set(merge.value(), numbers[first]);
        }
    }

    private void evaluate(int i) {
        int[] seen = graph.seen[i];
        for (int value : seen) {
            if (!constant.get(value)) {
                return;
            }
        }
        int result = graph.result(i);
        switch (graph.region.operations[i]) {
            case Operation.Constant number -> set(result, number.value());
            case Operation.Move move -> set(result, Folding.move(move, numbers[seen[0]]));
            case Operation.InPlace inPlace -> set(result, Folding.inPlace(inPlace, numbers[seen[0]]));
            case Operation.Arithmetic arithmetic ->
                set(
                        result,
                        Folding.arithmetic(
                                arithmetic.operator(),
                                arithmetic.wide(),
                                numbers[seen[0]],
                                arithmetic.operand() instanceof Operand.Immediate immediate
                                        ? immediate.value()
                                        : numbers[seen[1]]));
            default -> {}
        }
    }

    /** The second operand of an operation if it is known. @param otherwise what to say if it is not */
    long operand(Operand operand, int[] seen, long otherwise) {
        return switch (operand) {
            case Operand.Immediate immediate -> immediate.value();
            case Operand.Register ignored -> constant.get(seen[1]) ? numbers[seen[1]] : otherwise;
        };
    }
}
