package dev.skep.compiler.pass;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.BlockParameter;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Operation.Binary;
import dev.skep.compiler.ir.Operation.Extend;
import dev.skep.compiler.ir.Terminator.MayContinue;
import dev.skep.compiler.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which numbers integers may be at a place: by what computes them, by what was compared on the way, by how loops count. */
final class Ranges {
    /** How far back through operations is looked. */
    private static final int DEPTH = 4;

    private final ControlFlow flow;
    private final KnownBits bits;
    private final ForgottenNumbers forgotten;
    private final Dominators dominators;
    private final Facts facts;
    private final Map<BlockParameter, Range> counters = new HashMap<>();

    Ranges(Function function) {
        flow = ControlFlow.of(function);
        dominators = new Dominators(flow);
        facts = new Facts(function, flow, dominators);
        bits = KnownBits.toVerifier(function);
        forgotten = new ForgottenNumbers(function);
        if (flow.order().stream().noneMatch(Ranges::iterates)) {
            flow.order().stream().filter(block -> block != function.entry()).forEach(this::findCounters);
        }
    }

    /**
     * The verifier follows loops round by round and knows what counters are, except in those that go on as long as an iterator has
     * a next or the kernel lets them: there it forgets numbers (widen_imprecise_scalars of kernel/bpf/verifier.c).
     */
    private static boolean iterates(Block block) {
        return block.terminator() instanceof MayContinue
                || block.instructions().stream()
                        .anyMatch(i -> i.operation() instanceof Operation.CallKernelFunction call
                                && call.name().startsWith("bpf_iter_"));
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
        boolean isForgotten = forgotten.isForgotten(value, block);
        Range range = isForgotten ? Range.all(type) : Range.unsigned(type, 0, bits.possible(value));
        if (value instanceof BlockParameter parameter && counters.containsKey(parameter)) {
            range = range.and(counters.get(parameter));
        }
        if (depth > 0 && value instanceof Instruction instruction && !isForgotten) {
            range = range.and(computed(instruction.operation(), type, block, depth - 1));
        }
        for (Facts.Fact fact : facts.of(value, block)) {
            if (!forgotten.isBetween(fact.block(), block)) {
                range = range.where(
                        fact.compared().comparison(), fact.compared().number());
            }
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
            when binary.operator() == BinaryOperator.ADD ->
                at(binary.left(), block, depth).plus(at(binary.right(), block, depth));
            case Binary binary
            when binary.operator() == BinaryOperator.SHIFT_LEFT && binary.right() instanceof Constant distance ->
                at(binary.left(), block, depth).shiftedLeft(distance.value());
            case Operation.Load load
            when load.signed() && load.width().bits() < type.bits() ->
                Range.signed(
                        type,
                        -1L << (load.width().bits() - 1),
                        (1L << (load.width().bits() - 1)) - 1);
            default -> Range.all(type);
        };
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
        Span starts = new Span();
        Span arguments = new Span();
        Span steps = new Span();
        List<Block> ends = new ArrayList<>();
        for (ControlFlow.Incoming edge : flow.incoming(block)) {
            Value value = edge.edge().arguments().get(index);
            Range argument = along(edge, value);
            arguments.add(argument.low(), argument.high());
            if (dominators.dominates(block, edge.from())) {
                ends.add(edge.from());
                steps.add(step(value, parameter), step(value, parameter));
            } else {
                starts.add(argument.low(), argument.high());
            }
        }
        Range outer = Range.signed(all.type(), arguments.low, arguments.high);
        boolean grows = steps.low > 0
                && ends.stream().allMatch(end -> at(parameter, end).and(outer).high() <= all.high() - steps.high);
        boolean shrinks = steps.high < 0
                && ends.stream().allMatch(end -> at(parameter, end).and(outer).low() >= all.low() - steps.low);
        if (ends.isEmpty() || starts.isEmpty()) {
            return outer;
        }
        Range range =
                outer.and(Range.signed(all.type(), grows ? starts.low : all.low(), shrinks ? starts.high : all.high()));
        return grows && starts.isOne() && steps.isOne() ? range.inSteps(steps.low) : range;
    }

    /** From the least to the greatest of some numbers. */
    private static final class Span {
        private long low = Long.MAX_VALUE;
        private long high = Long.MIN_VALUE;

        void add(long from, long to) {
            low = Math.min(low, from);
            high = Math.max(high, to);
        }

        boolean isEmpty() {
            return low > high;
        }

        boolean isOne() {
            return low == high;
        }
    }

    /** The numbers that {@code value} may be where it is passed along an edge. */
    private Range along(ControlFlow.Incoming edge, Value value) {
        Range range = at(value, edge.from());
        return Facts.along(edge)
                .filter(compared -> compared.value().equals(value))
                .map(compared -> range.where(compared.comparison(), compared.number()))
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
