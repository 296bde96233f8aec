package dev.skep.trace.check;

import dev.skep.trace.tree.Expression;
import dev.skep.trace.type.TraceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds the types of aggregations from the calls that make them. */
final class AggregationTyping {
    /** The most buckets of {@code lhist}. */
    private static final long MOST_BUCKETS = 1000;

    private static final long MOST_BITS = 5;
    private static final long MOST_INTERVALS = 1_000_000;

    private static final Map<String, TraceType.TimeSeries.Join> JOINS = Map.of(
            "avg", TraceType.TimeSeries.Join.AVERAGE,
            "max", TraceType.TimeSeries.Join.GREATEST,
            "min", TraceType.TimeSeries.Join.LEAST,
            "sum", TraceType.TimeSeries.Join.SUM);

    private final TypingContext context;

    AggregationTyping(TypingContext context) {
        this.context = context;
    }

    /** The type of the map's value; empty if the call is wrong, which is reported. */
    Optional<TraceType> type(Expression.Call call, List<TraceType> arguments) {
        Functions.Arity arity = Functions.arity(call.name()).orElseThrow();
        if (!arity.allows(arguments.size())) {
            context.report().error(call.span(), arity.complaint(call));
            return Optional.empty();
        }
        if (!arguments.isEmpty() && context.isUnknown(call.arguments().getFirst())) {
            return Optional.empty();
        }
        if (!arguments.isEmpty() && !BinaryTyping.isNumber(arguments.getFirst())) {
            String given = context.kindOf(call.arguments().getFirst());
            context.report()
                    .error(call.span(), call.name() + "() only supports int arguments (" + given + " provided)");
            return Optional.empty();
        }
        boolean signed = !arguments.isEmpty() && ExpressionTyping.isSigned(arguments.getFirst());
        return switch (call.name()) {
            case "count" -> Optional.of(new TraceType.Count());
            case "sum" -> Optional.of(new TraceType.Sum(signed));
            case "min" -> Optional.of(new TraceType.Extreme(false, signed));
            case "max" -> Optional.of(new TraceType.Extreme(true, signed));
            case "avg" -> Optional.of(new TraceType.Average(false, signed));
            case "stats" -> Optional.of(new TraceType.Average(true, signed));
            case "hist" -> histogram(call);
            case "lhist" -> linear(call);
            default -> series(call, signed);
        };
    }

    private OptionalLong constant(Expression.Call call, int index, String what) {
        Expression argument = call.arguments().get(index);
        OptionalLong value = context.program().constant(argument);
        if (value.isEmpty() || Constants.text(argument).isPresent()) {
            String given = TypeText.kind(context.program().type(argument));
            context.report().error(call.span(), call.name() + "() expects a int literal (" + given + " provided)");
        } else if (value.getAsLong() < 0 && !Constants.isUnsigned(argument)) {
            context.report()
                    .error(call.span(), call.name() + ": invalid " + what + " value (must be non-negative literal)");
            return OptionalLong.empty();
        }
        return value;
    }

    private Optional<TraceType> histogram(Expression.Call call) {
        if (call.arguments().size() == 1) {
            return Optional.of(new TraceType.Histogram(0));
        }
        OptionalLong bits = constant(call, 1, "bits");
        if (bits.isEmpty()) {
            return Optional.empty();
        }
        if (bits.getAsLong() < 0 || bits.getAsLong() > MOST_BITS) {
            context.report().error(call.span(), "hist: bits " + bits.getAsLong() + " must be 0..5");
            return Optional.empty();
        }
        return Optional.of(new TraceType.Histogram((int) bits.getAsLong()));
    }

    private Optional<TraceType> linear(Expression.Call call) {
        OptionalLong min = constant(call, 1, "min");
        OptionalLong max = constant(call, 2, "max");
        OptionalLong step = constant(call, 3, "step");
        if (min.isEmpty() || max.isEmpty() || step.isEmpty()) {
            return Optional.empty();
        }
        if (step.getAsLong() <= 0) {
            return refuse(call, "lhist() step must be >= 1 (" + step.getAsLong() + " provided)");
        }
        if (min.getAsLong() > max.getAsLong()) {
            return refuse(
                    call,
                    "lhist() min must be less than max (provided min " + min.getAsLong() + " and max " + max.getAsLong()
                            + ")");
        }
        long buckets = (max.getAsLong() - min.getAsLong()) / step.getAsLong();
        if (buckets > MOST_BUCKETS) {
            return refuse(
                    call, "lhist() too many buckets, must be <= " + MOST_BUCKETS + " (would need " + buckets + ")");
        }
        if (max.getAsLong() - min.getAsLong() < step.getAsLong()) {
            return refuse(
                    call,
                    "lhist() step is too large for the given range (provided step " + step.getAsLong() + " for range "
                            + (max.getAsLong() - min.getAsLong()) + ")");
        }
        return Optional.of(new TraceType.LinearHistogram(min.getAsLong(), max.getAsLong(), step.getAsLong()));
    }

    private Optional<TraceType> refuse(Expression.Call call, String message) {
        context.report().error(call.span(), message);
        return Optional.empty();
    }

    private Optional<TraceType> series(Expression.Call call, boolean signed) {
        OptionalLong interval = constant(call, 1, "interval_ns");
        OptionalLong count = constant(call, 2, "num_intervals");
        if (interval.isEmpty() || count.isEmpty()) {
            return Optional.empty();
        }
        if (interval.getAsLong() < 1) {
            return refuse(call, "tseries() interval_ns must be >= 1 (" + interval.getAsLong() + " provided)");
        }
        if (count.getAsLong() < 1 || count.getAsLong() > MOST_INTERVALS) {
            return refuse(
                    call,
                    "tseries() num_intervals must be "
                            + (count.getAsLong() < 1 ? ">= 1" : "< " + MOST_INTERVALS) + " (" + count.getAsLong()
                            + " provided)");
        }
        TraceType.TimeSeries.Join join = TraceType.TimeSeries.Join.LAST;
        if (call.arguments().size() == 4) {
            String name = Constants.text(call.arguments().get(3)).orElse("");
            if (!JOINS.containsKey(name)) {
                return refuse(
                        call,
                        "tseries() expects one of the following aggregation functions: avg, max, min, sum (\"" + name
                                + "\" provided)");
            }
            join = JOINS.get(name);
        }
        return Optional.of(new TraceType.TimeSeries(interval.getAsLong(), (int) count.getAsLong(), join, signed));
    }
}
