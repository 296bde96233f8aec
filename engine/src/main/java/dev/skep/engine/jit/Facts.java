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
    private final BitSet constant = new BitSet();
    private final long[] constants;
    private final BitSet narrow;

    /** @param graph of a region in which r10 is an address of the sandbox */
    Facts(ValueGraph graph) {
        this.graph = graph;
        constants = new long[graph.count()];
        setConstant(graph.nothing(), 0);
        if (graph.region.whole) {
            for (int register = 0; register < graph.registers; register++) {
                boolean undefined = register == 0 || (register >= 6 && register != Operation.FRAME_POINTER);
                if (undefined) {
                    setConstant(graph.entry(register), 0);
                }
            }
        }
        findConstants();
        narrow = new BitSet(graph.count());
        narrow.set(graph.registers, graph.count());
        narrow.set(graph.entry(Operation.FRAME_POINTER));
        constant.stream().forEach(value -> narrow.set(value, constants[value] >>> 32 == 0));
        settleNarrow();
    }

    /** True if the value is always {@link #constant}. */
    boolean isConstant(int value) {
        return constant.get(value);
    }

    long constant(int value) {
        return constants[value];
    }

    /** True if the upper 32 bits are always 0. */
    boolean isNarrow(int value) {
        return narrow.get(value);
    }

    private void setConstant(int value, long number) {
        constant.set(value);
        constants[value] = number;
    }

    /** Blocks come after those that lead to them, so one pass finds all but those that hang on a loop's own values. */
    private void findConstants() {
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
                .allMatch(input -> constant.get(input) && constants[input] == constants[first]);
        if (same) {
            setConstant(merge.value(), constants[first]);
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
            case Operation.Constant number -> setConstant(result, number.value());
            case Operation.Move move -> setConstant(result, Folding.move(move, constants[seen[0]]));
            case Operation.InPlace inPlace -> setConstant(result, Folding.inPlace(inPlace, constants[seen[0]]));
            case Operation.Arithmetic arithmetic ->
                setConstant(
                        result,
                        Folding.arithmetic(
                                arithmetic.operator(),
                                arithmetic.wide(),
                                constants[seen[0]],
                                arithmetic.operand() instanceof Operand.Immediate immediate
                                        ? immediate.value()
                                        : constants[seen[1]]));
            default -> {}
        }
    }

    /** Takes all values for narrow at first and strikes out those that need not be, until nothing changes. */
    private void settleNarrow() {
        boolean changed = true;
        while (changed) {
            int before = narrow.cardinality();
            for (int block : graph.region.order) {
                for (int i = graph.region.starts[block]; i < graph.region.starts[block + 1]; i++) {
                    int result = graph.result(i);
                    if (narrow.get(result) && !constant.get(result) && !givesNarrow(i)) {
                        narrow.clear(result);
                    }
                }
            }
            for (ValueGraph.Merge merge : graph.merges) {
                if (narrow.get(merge.value()) && !merge.inputs().stream().allMatch(narrow::get)) {
                    narrow.clear(merge.value());
                }
            }
            changed = narrow.cardinality() != before;
        }
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
