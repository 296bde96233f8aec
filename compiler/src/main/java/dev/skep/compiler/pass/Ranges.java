package dev.skep.compiler.pass;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.BlockParameter;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Operation.Binary;
import dev.skep.compiler.ir.Operation.Extend;
import dev.skep.compiler.ir.Terminator.Branch;
import dev.skep.compiler.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which numbers integers may be at a place: by what computes them, by what was compared on the way, by how loops count. */
final class Ranges {
    /** How far back through operations is looked. */
    private static final int DEPTH = 4;

    /** On the way to a block a value compared so with a number. */
    private record Fact(Value value, Comparison comparison, long number) {}

    private final ControlFlow flow;
    private final Dominators dominators;
    private final KnownBits bits;
    private final Map<Block, List<Fact>> facts = new HashMap<>();
    private final Map<BlockParameter, Range> counters = new HashMap<>();

    Ranges(Function function) {
        flow = ControlFlow.of(function);
        dominators = new Dominators(flow);
        bits = KnownBits.toVerifier(function);
        for (Block block : flow.order()) {
            if (block != function.entry() && flow.incoming(block).size() == 1) {
                fact(flow.incoming(block).getFirst())
                        .ifPresent(fact -> facts.computeIfAbsent(block, b -> new ArrayList<>())
                                .add(fact));
            }
        }
        for (Block block : flow.order()) {
            if (block != function.entry()) {
                findCounters(block);
            }
        }
    }

    private static Optional<Fact> fact(ControlFlow.Incoming edge) {
        if (edge.from().terminator() instanceof Branch branch
                && branch.left().type() instanceof Int
                && branch.right() instanceof Constant constant) {
            Comparison comparison = edge.index() == 0
                    ? branch.comparison()
                    : branch.comparison().opposite();
            return Optional.of(new Fact(branch.left(), comparison, constant.value()));
        }
        return Optional.empty();
    }

    /** The numbers that {@code value}, an integer, may be in {@code block}. */
    Range at(Value value, Block block) {
        return at(value, block, DEPTH);
    }

    private Range at(Value value, Block block, int depth) {
        Int type = (Int) value.type();
        if (value instanceof Constant constant) {
            return Range.only(type, constant.value());
        }
        long possible = bits.possible(value);
        Range range = Range.unsigned(type, 0, possible == 0 ? 0 : -1L >>> Long.numberOfLeadingZeros(possible));
        if (value instanceof BlockParameter parameter && counters.containsKey(parameter)) {
            range = range.and(counters.get(parameter));
        }
        if (depth > 0 && value instanceof Instruction instruction) {
            range = range.and(computed(instruction.operation(), type, block, depth - 1));
        }
        // From the entry on: what was found out later holds as well.
        Optional<Block> at = Optional.of(block);
        while (at.isPresent()) {
            for (Fact fact : facts.getOrDefault(at.get(), List.of())) {
                if (fact.value().equals(value)) {
                    range = range.where(fact.comparison(), fact.number());
                }
            }
            at = dominators.immediate(at.get());
        }
        return range;
    }

    private Range computed(Operation operation, Int type, Block block, int depth) {
        return switch (operation) {
            case Extend extend
            when extend.from() == extend.value().type() -> {
                Range from = at(extend.value(), block, depth);
                yield extend.signed()
                        ? Range.signed(type, from.low(), from.high())
                        : Range.unsigned(type, from.least(), from.greatest());
            }
            case Binary binary
            when binary.operator() == BinaryOperator.ADD && binary.right() instanceof Constant constant ->
                added(at(binary.left(), block, depth), constant.value());
            case Operation.Load load
            when load.signed() && load.width().bits() < type.bits() ->
                Range.signed(
                        type,
                        -1L << (load.width().bits() - 1),
                        (1L << (load.width().bits() - 1)) - 1);
            default -> Range.all(type);
        };
    }

    /** Of numbers a constant further on, if none of them overflows. */
    private static Range added(Range range, long constant) {
        Range all = Range.all(range.type());
        boolean isInside = constant >= 0 ? range.high() <= all.high() - constant : range.low() >= all.low() - constant;
        return isInside ? Range.signed(range.type(), range.low() + constant, range.high() + constant) : all;
    }

    private void findCounters(Block block) {
        for (int i = 0; i < block.parameters().size(); i++) {
            BlockParameter parameter = block.parameters().get(i);
            if (parameter.type() instanceof Int) {
                Range range = counted(block, parameter, i);
                if (!range.equals(Range.all(range.type()))) {
                    counters.put(parameter, range);
                }
            }
        }
    }

    /** What counts up is never less than where it starts, what counts down never more, if it stops before it overflows. */
    private Range counted(Block block, BlockParameter parameter, int index) {
        Range all = Range.all((Int) parameter.type());
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        long lowest = Long.MAX_VALUE;
        long highest = Long.MIN_VALUE;
        List<ControlFlow.Incoming> back = new ArrayList<>();
        for (ControlFlow.Incoming edge : flow.incoming(block)) {
            Range argument = along(edge, edge.edge().arguments().get(index));
            lowest = Math.min(lowest, argument.low());
            highest = Math.max(highest, argument.high());
            if (dominators.dominates(block, edge.from())) {
                back.add(edge);
            } else {
                low = Math.min(low, argument.low());
                high = Math.max(high, argument.high());
            }
        }
        Range outer = Range.signed(all.type(), lowest, highest);
        boolean grows = !back.isEmpty()
                && back.stream().allMatch(edge -> {
                    long step = step(edge.edge().arguments().get(index), parameter);
                    return step > 0 && at(parameter, edge.from()).and(outer).high() <= all.high() - step;
                });
        boolean shrinks = !back.isEmpty()
                && back.stream().allMatch(edge -> {
                    long step = step(edge.edge().arguments().get(index), parameter);
                    return step < 0 && at(parameter, edge.from()).and(outer).low() >= all.low() - step;
                });
        return outer.and(Range.signed(all.type(), grows ? low : all.low(), shrinks ? high : all.high()));
    }

    /** The numbers that {@code value} may be where it is passed along an edge. */
    private Range along(ControlFlow.Incoming edge, Value value) {
        Range range = at(value, edge.from());
        return fact(edge)
                .filter(fact -> fact.value().equals(value))
                .map(fact -> range.where(fact.comparison(), fact.number()))
                .orElse(range);
    }

    private static long step(Value value, BlockParameter counter) {
        return value instanceof Instruction i
                        && i.operation() instanceof Binary add
                        && add.operator() == BinaryOperator.ADD
                        && add.left().equals(counter)
                        && add.right() instanceof Constant step
                ? step.value()
                : 0;
    }
}
