package dev.skep.engine.jit;

import dev.skep.engine.jit.Operation.Operand;
import dev.skep.object.program.HelperId;
import java.util.BitSet;

/**
 * What is known of a region's values: which are constants, and which have an upper half of zeros. The second makes 32-bit
 * variables of them, which HotSpot handles best.
 */
final class Facts {
    private final ValueGraph graph;
    private final Constants constants;
    private final UpperBounds bounds;
    private final CountedLoops loops;
    private final BitSet narrow;

    /** @param graph of a region in which r10 is an address of the sandbox */
    Facts(ValueGraph graph, Constants constants, CountedLoops loops) {
        this.graph = graph;
        this.constants = constants;
        this.loops = loops;
        bounds = new UpperBounds(graph, constants);
        narrow = new BitSet(graph.count());
        narrow.set(graph.registers, graph.count());
        narrow.set(graph.entry(Operation.FRAME_POINTER));
        for (int value = 0; value < graph.count(); value++) {
            if (constants.has(value)) {
                narrow.set(value, constants.of(value) >>> 32 == 0);
            }
        }
        settleNarrow(loops.narrow());
    }

    /** True if the value is always {@link #constant}. */
    boolean isConstant(int value) {
        return constants.has(value);
    }

    long constant(int value) {
        return constants.of(value);
    }

    /** True if the upper 32 bits are always 0. */
    boolean isNarrow(int value) {
        return narrow.get(value);
    }

    /** True if it is less than 2^31, so that an int is the same number. */
    boolean isPositive(int value) {
        if (loops.isPositive(value)) {
            return true;
        }
        long bound = bounds.of(value);
        return bound >= 0 && bound <= Integer.MAX_VALUE;
    }

    /**
     * Takes all values for narrow at first and strikes out those that need not be, until nothing changes.
     *
     * @param bounded values that are narrow because their loop ends before they are not
     */
    private void settleNarrow(BitSet bounded) {
        boolean changed = true;
        while (changed) {
            int before = narrow.cardinality();
            for (int block : graph.region.order) {
                for (int i = graph.region.starts[block]; i < graph.region.starts[block + 1]; i++) {
                    int result = graph.result(i);
                    boolean known = constants.has(result) || bounded.get(result) || isPositive(result);
                    if (narrow.get(result) && !known && !givesNarrow(i)) {
                        narrow.clear(result);
                    }
                }
            }
            for (ValueGraph.Merge merge : graph.merges) {
                boolean known = constants.has(merge.value()) || bounded.get(merge.value());
                if (narrow.get(merge.value())
                        && !known
                        && !merge.inputs().stream().allMatch(this::staysNarrow)) {
                    narrow.clear(merge.value());
                }
            }
            changed = narrow.cardinality() != before;
        }
    }

    /** What calls leave behind is written to no variable, so a merge with it may find anything there. */
    private boolean staysNarrow(int input) {
        return narrow.get(input) && input != graph.nothing();
    }

    private boolean givesNarrow(int i) {
        int[] seen = graph.seen[i];
        return switch (graph.region.operations[i]) {
            case Operation.Constant number -> number.value() >>> 32 == 0;
            case Operation.Move move -> move.wide() ? !move.signed() && narrow.get(seen[0]) : true;
            case Operation.Arithmetic arithmetic -> !arithmetic.wide() || wideGivesNarrow(arithmetic, seen);
            case Operation.InPlace inPlace ->
                switch (inPlace.operator()) {
                    case NEG -> !inPlace.wide();
                    case SWAP64 -> false;
                    default -> true;
                };
            case Operation.Load load -> load.size() < 8 && !load.signed();
            case Operation.Atomic atomic -> atomic.size() < 8;
            case Operation.PacketLoad ignored -> true;
            case Operation.CallHelper call ->
                call.number() == HelperId.MAP_LOOKUP_ELEM.number()
                        || call.number() == HelperId.RINGBUF_RESERVE.number();
            default -> false;
        };
    }

    private boolean wideGivesNarrow(Operation.Arithmetic arithmetic, int[] seen) {
        boolean left = narrow.get(seen[0]);
        boolean right = arithmetic.operand() instanceof Operand.Immediate immediate
                ? immediate.value() >>> 32 == 0
                : narrow.get(seen[1]);
        return switch (arithmetic.operator()) {
            case AND -> left || right;
            case OR, XOR -> left && right;
            case RSH -> left || shift(arithmetic) >= 32;
            case ARSH, DIV, MOD -> left;
            default -> false;
        };
    }

    private static long shift(Operation.Arithmetic arithmetic) {
        return arithmetic.operand() instanceof Operand.Immediate immediate ? immediate.value() & 63 : 0;
    }
}
