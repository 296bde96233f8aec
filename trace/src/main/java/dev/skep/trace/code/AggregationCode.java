package dev.skep.trace.code;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.ir.Variable;
import dev.skep.object.program.HelperId;
import dev.skep.trace.check.MapShape;
import dev.skep.trace.source.Span;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.type.TraceType;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Counts, sums and histograms: each CPU has a value of its own, which is changed in place. No other program can come between, so
 * nothing has to be atomic.
 */
final class AggregationCode {
    /** Where programs may be carried: a machine with fewer says of the others that it has them not. */
    private static final long MOST_CPUS = 1024;

    /** {@code BPF_NOEXIST} of linux/bpf.h. */
    private static final Constant NO_EXIST = Emit.ONE;

    private final Program program;
    private final ExpressionCode expressions;
    private final MapCode maps;
    private final Emit emit;

    /** The call that is being compiled. */
    private Optional<Span> updating = Optional.empty();

    AggregationCode(Program program, ExpressionCode expressions, MapCode maps) {
        this.program = program;
        this.expressions = expressions;
        this.maps = maps;
        this.emit = program.emit();
    }

    /** Whether a call is one that makes the map's value. */
    boolean isAggregation(Expression.Call call, MapShape shape) {
        return shape.value() instanceof TraceType.Aggregation && program.type(call) instanceof TraceType.Aggregation;
    }

    /** {@code @map[key] = count()} and the others. */
    void update(MapShape shape, Value place, Expression.Call call) {
        List<Expression> arguments = call.arguments();
        updating = Optional.of(call.span());
        switch (shape.value()) {
            case TraceType.Count count -> add(shape, place, List.of(Emit.ONE));
            case TraceType.Sum sum -> add(shape, place, List.of(expressions.scalar(arguments.getFirst())));
            case TraceType.Average average ->
                add(shape, place, List.of(expressions.scalar(arguments.getFirst()), Emit.ONE));
            case TraceType.Extreme extreme -> extreme(shape, place, extreme, expressions.scalar(arguments.getFirst()));
            case TraceType.Histogram histogram ->
                bucket(shape, place, logarithmic(histogram, expressions.scalar(arguments.getFirst())));
            case TraceType.LinearHistogram histogram -> bucket(shape, place, linear(histogram, arguments.getFirst()));
            case TraceType.TimeSeries series -> {
                Value number = expressions.scalar(arguments.getFirst());
                change(shape, place, there -> new SeriesCode(emit, series).add(there, number));
            }
            default -> throw new Unsupported(call.span());
        }
    }

    /** Adds to each number of the value; where there is none yet, these are the first. */
    private void add(MapShape shape, Value place, List<Value> amounts) {
        changeOrPut(shape, place, amounts, found -> {
            for (int i = 0; i < amounts.size(); i++) {
                Value sum = emit.binary(BinaryOperator.ADD, emit.load(found, 8 * i, 8, false), amounts.get(i));
                emit.store(found, 8 * i, 8, sum);
            }
            maps.markPresent(shape, found, Emit.ONE);
        });
    }

    private void extreme(MapShape shape, Value place, TraceType.Extreme extreme, Value number) {
        changeOrPut(shape, place, List.of(number, Emit.ONE), found -> {
            Block compare = emit.newBlock("compare");
            Block replace = emit.newBlock("replace");
            Block end = emit.newBlock("kept");
            emit.branch(Comparison.EQUAL, emit.load(found, 8, 8, false), Emit.ZERO, replace, compare);
            emit.continueIn(compare);
            Comparison better = Arithmetic.better(extreme.greatest(), extreme.signed());
            emit.branch(better, number, emit.load(found, 0, 8, false), replace, end);
            emit.continueIn(replace);
            emit.store(found, 0, 8, number);
            emit.store(found, 8, 8, Emit.ONE);
            emit.jump(end);
            emit.continueIn(end);
        });
    }

    /** Changes a value where it is; where there is none yet, these numbers are put there. @param change gets its address */
    private void changeOrPut(MapShape shape, Value place, List<Value> first, Consumer<Value> change) {
        Value found = maps.find(shape, place);
        if (shape.key().isEmpty()) {
            emit.ifPresent(found, () -> change.accept(found));
            return;
        }
        Block present = emit.newBlock("present");
        Block absent = emit.newBlock("absent");
        Block end = emit.newBlock("changed");
        emit.branchIfNull(found, absent, present);
        emit.continueIn(present);
        change.accept(found);
        emit.jump(end);
        emit.continueIn(absent);
        insert(shape, place, first);
        emit.jump(end);
        emit.continueIn(end);
    }

    private void insert(MapShape shape, Value place, List<Value> numbers) {
        Value first = emit.slot("first", 8 * numbers.size());
        for (int i = 0; i < numbers.size(); i++) {
            emit.store(first, 8 * i, 8, numbers.get(i));
        }
        maps.update(shape, place, first, updating.orElseThrow());
    }

    /** The bucket of {@code hist}, as {@link TraceType.Histogram} numbers them. */
    private Value logarithmic(TraceType.Histogram histogram, Value number) {
        long small = 1L << histogram.bits();
        return emit.choose(
                Comparison.SIGNED_LESS,
                number,
                Constant.of(small),
                () -> emit.choose(
                        Comparison.SIGNED_LESS, number, Emit.ZERO, () -> Emit.ZERO, () -> emit.plus(number, 1)),
                () -> large(histogram.bits(), number));
    }

    private Value large(int bits, Value number) {
        Value highest = emit.add(new Operation.CallFunction(program.unit().logarithm(), List.of(number)));
        Value log = emit.add(new Operation.Extend(Int.I32, false, highest, Int.I64));
        if (bits == 0) {
            return emit.plus(log, 2);
        }
        Value steps = emit.plus(log, -bits);
        Value within = emit.binary(
                BinaryOperator.AND,
                emit.binary(BinaryOperator.SHIFT_RIGHT, number, steps),
                Constant.of((1L << bits) - 1));
        Value first = emit.binary(BinaryOperator.SHIFT_LEFT, steps, Constant.of((long) bits));
        return emit.plus(emit.binary(BinaryOperator.ADD, first, within), 1 + (1L << bits));
    }

    private Value linear(TraceType.LinearHistogram histogram, Expression argument) {
        Value number = expressions.scalar(argument);
        Constant min = Constant.of(histogram.min());
        Constant max = Constant.of(histogram.max());
        return emit.choose(
                Comparison.SIGNED_LESS,
                number,
                min,
                () -> Emit.ZERO,
                () -> emit.choose(
                        Comparison.SIGNED_GREATER_OR_EQUAL,
                        number,
                        max,
                        () -> Constant.of(histogram.buckets() - 1L),
                        () -> emit.plus(
                                emit.binary(
                                        BinaryOperator.DIVIDE,
                                        emit.plus(number, -histogram.min()),
                                        Constant.of(histogram.step())),
                                1)));
    }

    /** Adds 1 to a bucket. */
    private void bucket(MapShape shape, Value place, Value bucket) {
        change(shape, place, buckets -> {
            Block within = emit.newBlock("within");
            Block end = emit.newBlock("counted");
            emit.branch(
                    Comparison.GREATER_OR_EQUAL,
                    bucket,
                    Constant.of(shape.value().size() / 8L),
                    end,
                    within);
            emit.continueIn(within);
            Value counter = emit.offset(buckets, emit.binary(BinaryOperator.MULTIPLY, bucket, Constant.of(8L)));
            emit.store(counter, 0, 8, emit.plus(emit.load(counter, 0, 8, false), 1));
            emit.jump(end);
            emit.continueIn(end);
        });
    }

    /** Changes a value where it is; where there is none yet, zeros are put there first. @param change gets its address */
    private void change(MapShape shape, Value place, Consumer<Value> change) {
        Value found = maps.find(shape, place);
        if (shape.key().isEmpty()) {
            emit.ifPresent(found, () -> change.accept(found));
            return;
        }
        Variable value = new Variable("value", Pointer.nullable(Pointer.Provenance.MAP_VALUE));
        Block absent = emit.newBlock("absent");
        Block full = emit.newBlock("full");
        Block present = emit.newBlock("present");
        Block end = emit.newBlock("end");
        emit.builder().write(value, found);
        emit.branchIfNull(found, absent, present);
        emit.continueIn(absent);
        Value zeros = program.unit().globals().zeros(emit, shape.value().size());
        Value result =
                emit.call(HelperId.MAP_UPDATE_ELEM, emit.map(Unit.objectName(shape.name())), place, zeros, NO_EXIST);
        Value made = maps.find(shape, place); // perhaps by another CPU
        emit.builder().write(value, made);
        emit.branchIfNull(made, full, present);
        emit.continueIn(full);
        expressions.failures().notUpdated(result, updating.orElseThrow());
        emit.jump(end);
        emit.continueIn(present);
        change.accept(emit.builder().read(value));
        emit.jump(end);
        emit.continueIn(end);
    }

    /** What all CPUs together have, as a number. */
    Operand read(MapShape shape, Value place) {
        Variable total = new Variable("total", Int.I64);
        Variable count = new Variable("count", Int.I64);
        Variable cpu = new Variable("cpu", Int.I64);
        emit.builder().write(total, Emit.ZERO);
        emit.builder().write(count, Emit.ZERO);
        emit.builder().write(cpu, Emit.ZERO);
        Block head = emit.newBlock("cpus");
        Block present = emit.newBlock("present");
        Block next = emit.newBlock("next");
        Block end = emit.newBlock("total");
        emit.jump(head);
        emit.builder().at(head);
        Value number = emit.builder().read(cpu);
        Value found = emit.pointer(
                HelperId.MAP_LOOKUP_PERCPU_ELEM,
                Pointer.Provenance.MAP_VALUE,
                emit.map(Unit.objectName(shape.name())),
                place,
                number);
        emit.branchIfNull(found, next, present);
        emit.continueIn(present);
        join(shape.value(), found, total, count);
        emit.jump(next);
        emit.continueIn(next);
        Value following = emit.plus(emit.builder().read(cpu), 1);
        emit.builder().write(cpu, following);
        long cpus = program.unit().isPortable()
                ? MOST_CPUS
                : program.unit().system().machine().possibleCpus();
        Block more = emit.newBlock("more");
        emit.branch(Comparison.LESS, following, Constant.of(cpus), more, end);
        emit.continueIn(more);
        emit.jump(head);
        emit.builder().seal(head);
        emit.continueIn(end);
        Value sum = emit.builder().read(total);
        if (shape.value() instanceof TraceType.Average average) {
            BinaryOperator divide = average.signed() ? BinaryOperator.SIGNED_DIVIDE : BinaryOperator.DIVIDE;
            return new Operand.Scalar(emit.binary(divide, sum, emit.builder().read(count)));
        }
        return new Operand.Scalar(sum);
    }

    private void join(TraceType type, Value found, Variable total, Variable count) {
        Value one = emit.load(found, 0, 8, false);
        if (!(type instanceof TraceType.Extreme extreme)) {
            emit.builder()
                    .write(total, emit.binary(BinaryOperator.ADD, emit.builder().read(total), one));
            if (type instanceof TraceType.Average) {
                Value more = emit.load(found, 8, 8, false);
                emit.builder()
                        .write(
                                count,
                                emit.binary(BinaryOperator.ADD, emit.builder().read(count), more));
            }
            return;
        }
        Block set = emit.newBlock("set");
        Block compare = emit.newBlock("compare");
        Block replace = emit.newBlock("replace");
        Block end = emit.newBlock("joined");
        emit.branch(Comparison.EQUAL, emit.load(found, 8, 8, false), Emit.ZERO, end, set);
        emit.continueIn(set);
        emit.branch(Comparison.EQUAL, emit.builder().read(count), Emit.ZERO, replace, compare);
        emit.continueIn(compare);
        Comparison better = Arithmetic.better(extreme.greatest(), extreme.signed());
        emit.branch(better, one, emit.builder().read(total), replace, end);
        emit.continueIn(replace);
        emit.builder().write(total, one);
        emit.builder().write(count, Emit.ONE);
        emit.jump(end);
        emit.continueIn(end);
    }
}
