package dev.skep.engine.jit;

import dev.skep.engine.jit.Operation.Operand;

/** What values are at most, as unsigned numbers, as far as a few steps back tell. */
final class UpperBounds {
    private static final int DEEPEST = 6;
    private static final long UNKNOWN = -1;

    private final ValueGraph graph;
    private final Constants constants;

    UpperBounds(ValueGraph graph, Constants constants) {
        this.graph = graph;
        this.constants = constants;
    }

    /** Of the second operand of an operation; negative if it is not known. */
    long of(Operand operand, int[] seen) {
        return switch (operand) {
            case Operand.Immediate immediate -> immediate.value();
            case Operand.Register ignored -> of(seen[1], 0);
        };
    }

    /** Of a value; negative if it is not known. */
    long of(int value) {
        return of(value, 0);
    }

    private long of(int value, int depth) {
        if (constants.has(value) && value != graph.nothing()) {
            return constants.of(value);
        }
        int i = graph.operationOf(value);
        if (i < 0 || depth == DEEPEST) {
            return UNKNOWN;
        }
        int[] seen = graph.seen[i];
        return switch (graph.region.operations[i]) {
            case Operation.Load load -> load.size() <= 2 && !load.signed() ? (1L << (8 * load.size())) - 1 : UNKNOWN;
            case Operation.Move move -> move.signed() ? UNKNOWN : of(seen[0], depth + 1);
            case Operation.Arithmetic arithmetic -> of(arithmetic, seen, depth);
            case Operation.InPlace inPlace ->
                inPlace.operator() == Operation.Unary.SWAP16 || inPlace.operator() == Operation.Unary.LOW16
                        ? 0xffff
                        : UNKNOWN;
            default -> UNKNOWN;
        };
    }

    private long of(Operation.Arithmetic arithmetic, int[] seen, int depth) {
        long left = of(seen[0], depth + 1);
        long right = switch (arithmetic.operand()) {
            case Operand.Immediate immediate -> immediate.value();
            case Operand.Register ignored -> of(seen[1], depth + 1);
        };
        if (right < 0) {
            return UNKNOWN;
        }
        boolean immediate = arithmetic.operand() instanceof Operand.Immediate;
        return switch (arithmetic.operator()) {
            case AND -> right;
            case MOD -> immediate && right > 0 ? right - 1 : left;
            case RSH -> left < 0 ? UNKNOWN : immediate ? left >>> (right & (arithmetic.wide() ? 63 : 31)) : left;
            case ADD -> left < 0 || left + right > Integer.MAX_VALUE ? UNKNOWN : left + right;
            default -> UNKNOWN;
        };
    }
}
