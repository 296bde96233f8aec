package dev.skep.engine.jit;

import dev.skep.engine.jit.Operation.Binary;
import dev.skep.engine.jit.Operation.Operand;
import java.util.Arrays;

/** How much of each value anyone looks at: nothing, the lower half, or all of it. What nobody looks at is not computed. */
final class Demand {
    static final byte NOTHING = 0;
    static final byte LOWER = 1;
    static final byte ALL = 3;

    private final ValueGraph graph;
    private final Facts facts;
    private final boolean checked;
    private final Bindings bindings;
    private final byte[] demand;
    private boolean changed;

    /** @param checked addresses are looked at as a whole, and every access happens */
    Demand(ValueGraph graph, Facts facts, Bindings bindings, CountedLoops loops, boolean checked) {
        this.graph = graph;
        this.facts = facts;
        this.bindings = bindings;
        this.checked = checked;
        demand = new byte[graph.count()];
        loops.all().forEach(this::askForCount);
        do {
            changed = false;
            spread();
        } while (changed);
    }

    /** {@link #NOTHING}, {@link #LOWER} or {@link #ALL}. Of constants nothing is asked: who needs one writes it down. */
    byte of(int value) {
        return demand[value];
    }

    private void spread() {
        Region region = graph.region;
        for (int at = region.order.length - 1; at >= 0; at--) {
            int block = region.order[at];
            for (int successor : region.successors[block]) {
                if (successor == Region.OUTSIDE) {
                    askForRest(graph.atEnd[block]);
                }
            }
            for (int i = region.starts[block + 1] - 1; i >= region.starts[block]; i--) {
                ask(i);
            }
        }
        for (ValueGraph.Merge merge : graph.merges) {
            merge.inputs().forEach(input -> ask(input, demand[merge.value()]));
        }
    }

    /** Where a counted loop is left, its counter is read. */
    private void askForCount(CountedLoops.Counted counted) {
        counted.loop().body().stream()
                .filter(block -> Arrays.stream(graph.region.successors[block])
                        .anyMatch(successor -> !counted.loop().body().get(successor)))
                .forEach(block -> ask(graph.atEnd[block][counted.register()], LOWER));
    }

    /** Outside the region, registers are as they were where it was entered unless written down. */
    private void askForRest(int[] atEnd) {
        for (int register = 0; register < Operation.FRAME_POINTER; register++) {
            if (atEnd[register] != graph.entry(register)) {
                ask(atEnd[register], ALL);
            }
        }
    }

    private void ask(int value, byte amount) {
        if (!facts.isConstant(value) && (demand[value] | amount) != demand[value]) {
            demand[value] |= amount;
            changed = true;
        }
    }

    private void askAll(int[] values, byte amount) {
        for (int value : values) {
            ask(value, amount);
        }
    }

    private void ask(int i) {
        int[] seen = graph.seen[i];
        byte asked = demand[graph.result(i)];
        byte address = checked ? ALL : LOWER;
        switch (graph.region.operations[i]) {
            case Operation.Move move -> ask(seen[0], move.bits() == 64 ? asked : some(asked, LOWER));
            case Operation.Arithmetic arithmetic -> ask(arithmetic, seen, asked);
            case Operation.InPlace inPlace ->
                ask(
                        seen[0],
                        switch (inPlace.operator()) {
                            case NEG -> inPlace.wide() ? asked : some(asked, LOWER);
                            case SWAP64 -> some(asked, ALL);
                            default -> some(asked, LOWER);
                        });
            case Operation.Load ignored -> ask(seen[0], checked ? ALL : some(asked, LOWER));
            case Operation.Store store -> {
                ask(seen[0], address);
                if (seen.length > 1) {
                    ask(seen[1], store.size() == 8 ? ALL : LOWER);
                }
            }
            case Operation.Atomic atomic -> {
                ask(seen[0], address);
                for (int use = 1; use < seen.length; use++) {
                    ask(seen[use], atomic.size() == 8 ? ALL : LOWER);
                }
            }
            case Operation.Branch branch -> askAll(seen, branch.wide() ? ALL : LOWER);
            case Operation.PacketLoad ignored -> askAll(seen, LOWER);
            case Operation.CallHelper call -> {
                byte[] amounts = bindings.demands(i, call);
                for (int use = 0; use < seen.length; use++) {
                    ask(seen[use], amounts[use]);
                }
            }
            default -> askAll(seen, ALL);
        }
    }

    private static byte some(byte asked, byte amount) {
        return asked == NOTHING ? NOTHING : amount;
    }

    private void ask(Operation.Arithmetic arithmetic, int[] seen, byte asked) {
        byte amount = arithmetic.wide() ? wide(arithmetic.operator(), asked) : some(asked, LOWER);
        boolean masks = arithmetic.operator() == Binary.AND
                && arithmetic.operand() instanceof Operand.Immediate mask
                && mask.value() >>> 32 == 0;
        boolean dropsUpper = arithmetic.operator() == Binary.LSH
                && arithmetic.operand() instanceof Operand.Immediate count
                && (count.value() & 63) >= 32;
        ask(seen[0], masks || dropsUpper ? some(asked, LOWER) : amount);
        if (seen.length > 1) {
            boolean isCount = arithmetic.operator() == Binary.LSH
                    || arithmetic.operator() == Binary.RSH
                    || arithmetic.operator() == Binary.ARSH;
            ask(seen[1], isCount ? some(asked, LOWER) : amount);
        }
    }

    private static byte wide(Binary operator, byte asked) {
        return switch (operator) {
            case ADD, SUB, MUL, OR, AND, XOR, LSH -> asked;
            default -> some(asked, ALL);
        };
    }
}
