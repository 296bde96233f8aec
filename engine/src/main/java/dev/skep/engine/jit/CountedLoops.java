package dev.skep.engine.jit;

import dev.skep.engine.jit.Operation.Binary;
import dev.skep.engine.jit.Operation.Comparison;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Loops that count: a register grows by a constant each time round, and the loop ends when it reaches a bound that is known when
 * the program is translated. Such a loop need not look at the instruction budget each time round; what it has used is counted
 * where it is left, from the register.
 */
final class CountedLoops {
    /** A loop that may execute more operations than this looks at the budget each time round after all. */
    private static final long COST_LIMIT = 1L << 22;
    /** Bounds beyond this are none: below it, a step and a distance more are still no negative int. */
    private static final long LARGEST_BOUND = Integer.MAX_VALUE - 2L * Short.MAX_VALUE;

    /**
     * A loop that counts.
     *
     * @param register the register that counts
     * @param first what it starts with; empty if that is not always the same
     * @param step what it grows by, at least 1
     * @param last what it holds at most where the loop is left after a round
     * @param length operations each time round, without those of counted loops inside
     */
    record Counted(NaturalLoops.Loop loop, int register, Optional<Integer> first, int step, int last, long length) {}

    /** What is known of a loop's test: the register's value at the header plus {@code distance} is at most {@code bound}. */
    private record Test(int branch, long distance, long bound) {}

    private record Counter(ValueGraph.Merge merge, int increment, long step) {}

    private final ValueGraph graph;
    private final Constants constants;
    private final UpperBounds bounds;
    private final Copies copies;
    private final IntToLongFunction calleeCost;
    private final List<Counted> counted = new ArrayList<>();
    private final Map<NaturalLoops.Loop, Long> costs = new HashMap<>();
    private final BitSet narrow = new BitSet();
    private final BitSet positive = new BitSet();
    private final BitSet exact = new BitSet();
    private final Map<Integer, List<ValueGraph.Merge>> mergesByBlock = new HashMap<>();

    /** @param calleeCost what a call of the function at a slot costs, 0 if that counts itself */
    CountedLoops(ValueGraph graph, Constants constants, IntToLongFunction calleeCost) {
        this.calleeCost = calleeCost;
        this.graph = graph;
        this.constants = constants;
        bounds = new UpperBounds(graph, constants);
        copies = new Copies(graph, constants);
        if (!graph.region.whole) {
            return;
        }
        graph.merges.forEach(merge -> mergesByBlock
                .computeIfAbsent(merge.block(), block -> new ArrayList<>())
                .add(merge));
        List<NaturalLoops.Loop> loops = new ArrayList<>(new NaturalLoops(graph.region).all());
        loops.sort(Comparator.comparingInt(loop -> loop.body().cardinality()));
        loops.forEach(this::consider);
    }

    /** The loops that count, inner ones first. */
    List<Counted> all() {
        return counted;
    }

    /** Values below 2^32, because the loop they count ends in time. */
    BitSet narrow() {
        return narrow;
    }

    /** True if the value is below 2^31 for that reason. */
    boolean isPositive(int value) {
        return positive.get(value);
    }

    /**
     * True for a test of a counter for one number that it meets for sure: it may as well be tested for being less, which HotSpot
     * knows loops by.
     */
    boolean meetsExactly(int operation) {
        return exact.get(operation);
    }

    private void consider(NaturalLoops.Loop loop) {
        for (ValueGraph.Merge merge : mergesByBlock.getOrDefault(loop.header(), List.of())) {
            Optional<Counter> counter = counter(loop, merge);
            Optional<Test> test = counter.flatMap(c -> test(loop, c));
            if (test.isPresent() && keepsRegister(loop, counter.get())) {
                note(loop, counter.get(), test.get());
                return;
            }
        }
    }

    private void note(NaturalLoops.Loop loop, Counter counter, Test test) {
        Optional<Long> first = first(loop, counter.merge);
        long last = test.bound + counter.step;
        long rounds = (last - first.orElse(0L)) / counter.step + 1;
        long length = lengthOutsideCounted(loop);
        long cost = rounds * (length + costInside(loop) + costOfCalls(loop));
        noteBounds(loop, counter, test, last);
        if (rounds > 0 && cost <= COST_LIMIT && isLeftByJumps(loop)) {
            counted.add(new Counted(
                    loop,
                    counter.merge.register(),
                    first.map(Long::intValue),
                    (int) counter.step,
                    (int) Math.min(last, Integer.MAX_VALUE),
                    length));
            costs.put(loop, cost);
        }
    }

    /** The register starts with something known, grows while it is small, and exceeds the bound by one step at most. */
    private void noteBounds(NaturalLoops.Loop loop, Counter counter, Test test, long last) {
        long most = last;
        for (int predecessor : graph.region.predecessors.get(loop.header())) {
            if (!loop.body().get(predecessor)) {
                long start = bounds.of(graph.atEnd[predecessor][counter.merge.register()]);
                if (start < 0) {
                    return;
                }
                most = Math.max(most, start);
            }
        }
        if (first(loop, counter.merge).isPresent() && last <= Integer.MAX_VALUE) {
            exact.set(test.branch);
        }
        if ((most + test.distance + counter.step) >>> 32 != 0) {
            return; // a comparison of lower halves could let it grow on
        }
        mark(counter.merge.value(), most);
        mark(graph.result(counter.increment), most + counter.step);
    }

    private void mark(int value, long most) {
        narrow.set(value, most >>> 32 == 0);
        positive.set(value, most <= Integer.MAX_VALUE);
    }

    /** Every way back to the header has added the same constant to what was there. */
    private Optional<Counter> counter(NaturalLoops.Loop loop, ValueGraph.Merge merge) {
        int increment = -1;
        for (int latch : loop.latches()) {
            int operation = graph.operationOf(copies.originalOf(graph.atEnd[latch][merge.register()]));
            if (operation < 0 || (increment >= 0 && operation != increment)) {
                return Optional.empty();
            }
            increment = operation;
        }
        if (graph.region.operations[increment] instanceof Operation.Arithmetic add
                && add.operator() == Binary.ADD
                && copies.originalOf(graph.seen[increment][0]) == copies.originalOf(merge.value())) {
            long step = constants.operand(add.operand(), graph.seen[increment], 0);
            if (step > 0 && step <= Short.MAX_VALUE) {
                return Optional.of(new Counter(merge, increment, step));
            }
        }
        return Optional.empty();
    }

    /** What the register holds when the loop is entered, if that is always the same and no large number. */
    private Optional<Long> first(NaturalLoops.Loop loop, ValueGraph.Merge merge) {
        Optional<Long> first = Optional.empty();
        for (int predecessor : graph.region.predecessors.get(loop.header())) {
            if (!loop.body().get(predecessor)) {
                int value = graph.atEnd[predecessor][merge.register()];
                boolean known = constants.has(value)
                        && value != graph.nothing()
                        && constants.of(value) >= 0
                        && constants.of(value) < LARGEST_BOUND
                        && first.map(number -> number == constants.of(value)).orElse(true);
                if (!known) {
                    return Optional.empty();
                }
                first = Optional.of(constants.of(value));
            }
        }
        return first;
    }

    /** A test that every round passes: at the header, or on the only way to the only latch. */
    private Optional<Test> test(NaturalLoops.Loop loop, Counter counter) {
        Optional<Test> found = testAt(loop, loop.header(), counter);
        int block = loop.latches().size() == 1 ? loop.latches().getFirst() : loop.header();
        while (found.isEmpty() && block != loop.header()) {
            found = testAt(loop, block, counter);
            List<Integer> before = graph.region.predecessors.get(block);
            block = before.size() == 1 ? before.getFirst() : loop.header();
        }
        return found;
    }

    private Optional<Test> testAt(NaturalLoops.Loop loop, int block, Counter counter) {
        int last = graph.region.starts[block + 1] - 1;
        if (!(graph.region.operations[last] instanceof Operation.Branch branch)) {
            return Optional.empty();
        }
        int[] successors = graph.region.successors[block];
        boolean staysOnFall = loop.body().get(successors[0]);
        boolean staysOnJump = loop.body().get(successors[1]);
        if (staysOnFall == staysOnJump) {
            return Optional.empty();
        }
        Comparison stays = staysOnJump ? branch.comparison() : negated(branch.comparison());
        long distance = distance(graph.seen[last][0], counter);
        long bound = bounds.of(branch.right(), graph.seen[last]);
        if (distance < 0 || bound < 0 || bound > LARGEST_BOUND) {
            return Optional.empty();
        }
        return switch (stays) {
            case LT, LE -> Optional.of(new Test(last, distance, bound));
            case SIGNED_LT, SIGNED_LE -> first(loop, counter.merge).map(number -> new Test(last, distance, bound));
            case NE ->
                first(loop, counter.merge)
                        .filter(number -> meets(branch, graph.seen[last], number + distance, counter.step))
                        .map(number -> new Test(last, distance, bound));
            default -> Optional.empty();
        };
    }

    /** True if the register holds exactly the constant it is compared with at some time. */
    private boolean meets(Operation.Branch branch, int[] seen, long from, long step) {
        long end = constants.operand(branch.right(), seen, -1);
        return end >= from && (end - from) % step == 0;
    }

    /** How far a value is ahead of what the register holds at the header; -1 if that is not known. */
    private long distance(int value, Counter counter) {
        int original = copies.originalOf(value);
        if (original == copies.originalOf(counter.merge.value())) {
            return 0;
        }
        int i = graph.operationOf(original);
        if (i >= 0
                && graph.region.operations[i] instanceof Operation.Arithmetic add
                && add.operator() == Binary.ADD
                && copies.originalOf(graph.seen[i][0]) == copies.originalOf(counter.merge.value())) {
            long added = constants.operand(add.operand(), graph.seen[i], -1);
            return added <= Short.MAX_VALUE ? added : -1;
        }
        return -1;
    }

    /** True if wherever the loop is left the register holds what counts. */
    private boolean keepsRegister(NaturalLoops.Loop loop, Counter counter) {
        for (int block = loop.body().nextSetBit(0);
                block >= 0;
                block = loop.body().nextSetBit(block + 1)) {
            for (int successor : graph.region.successors[block]) {
                int value = copies.originalOf(graph.atEnd[block][counter.merge.register()]);
                boolean leaves = !loop.body().get(successor);
                boolean kept =
                        value == copies.originalOf(counter.merge.value()) || value == graph.result(counter.increment);
                if (leaves && !kept) {
                    return false;
                }
            }
        }
        return true;
    }

    private long lengthOutsideCounted(NaturalLoops.Loop loop) {
        BitSet own = (BitSet) loop.body().clone();
        counted.forEach(inner -> {
            if (isInside(inner.loop, loop)) {
                own.andNot(inner.loop.body());
            }
        });
        return own.stream()
                .mapToLong(block -> graph.region.starts[block + 1] - graph.region.starts[block])
                .sum();
    }

    private long costInside(NaturalLoops.Loop loop) {
        return counted.stream()
                .filter(inner -> isInside(inner.loop, loop))
                .mapToLong(inner -> costs.get(inner.loop))
                .sum();
    }

    private long costOfCalls(NaturalLoops.Loop loop) {
        return operations(loop)
                .mapToLong(operation ->
                        operation instanceof Operation.CallFunction call ? calleeCost.applyAsLong(call.entry()) : 0)
                .sum();
    }

    /** False if an operation inside may end the function: then there would be nothing to count the rounds by. */
    private boolean isLeftByJumps(NaturalLoops.Loop loop) {
        return operations(loop)
                .noneMatch(operation ->
                        operation instanceof Operation.PacketLoad || operation instanceof Operation.TailCall);
    }

    private Stream<Operation> operations(NaturalLoops.Loop loop) {
        return loop.body().stream()
                .flatMap(block -> IntStream.range(graph.region.starts[block], graph.region.starts[block + 1]))
                .mapToObj(i -> graph.region.operations[i]);
    }

    private static boolean isInside(NaturalLoops.Loop inner, NaturalLoops.Loop outer) {
        return inner.header() != outer.header() && outer.body().get(inner.header());
    }

    private static Comparison negated(Comparison comparison) {
        return switch (comparison) {
            case EQ -> Comparison.NE;
            case NE -> Comparison.EQ;
            case GT -> Comparison.LE;
            case GE -> Comparison.LT;
            case LT -> Comparison.GE;
            case LE -> Comparison.GT;
            case SIGNED_GT -> Comparison.SIGNED_LE;
            case SIGNED_GE -> Comparison.SIGNED_LT;
            case SIGNED_LT -> Comparison.SIGNED_GE;
            case SIGNED_LE -> Comparison.SIGNED_GT;
            // Not the opposite, but no test of a loop that counts either.
            case SET -> Comparison.SET;
        };
    }
}
