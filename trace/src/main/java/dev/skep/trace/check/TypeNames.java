package dev.skep.trace.check;

import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.TypeName;
import dev.skep.trace.type.TraceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds the types that scripts name, and what casts to them make. */
final class TypeNames {
    /** Those that need no description: bpftrace's own and C's. */
    private static final Map<String, TraceType> PLAIN = Map.ofEntries(
            Map.entry("bool", ExpressionTyping.TRUTH),
            Map.entry("uint8", number(1, false)),
            Map.entry("uint16", number(2, false)),
            Map.entry("uint32", number(4, false)),
            Map.entry("uint64", number(8, false)),
            Map.entry("int8", number(1, true)),
            Map.entry("int16", number(2, true)),
            Map.entry("int32", number(4, true)),
            Map.entry("int64", number(8, true)),
            Map.entry("uint8_t", number(1, false)),
            Map.entry("uint16_t", number(2, false)),
            Map.entry("uint32_t", number(4, false)),
            Map.entry("uint64_t", number(8, false)),
            Map.entry("int8_t", number(1, true)),
            Map.entry("int16_t", number(2, true)),
            Map.entry("int32_t", number(4, true)),
            Map.entry("int64_t", number(8, true)),
            Map.entry("char", number(1, true)),
            Map.entry("short", number(2, true)),
            Map.entry("int", number(4, true)),
            Map.entry("long", number(8, true)),
            Map.entry("unsigned", number(4, false)),
            Map.entry("size_t", number(8, false)),
            Map.entry("void", ExpressionTyping.NOTHING),
            Map.entry("count_t", new TraceType.Count()),
            Map.entry("sum_t", new TraceType.Sum(true)),
            Map.entry("usum_t", new TraceType.Sum(false)),
            Map.entry("min_t", new TraceType.Extreme(false, true)),
            Map.entry("umin_t", new TraceType.Extreme(false, false)),
            Map.entry("max_t", new TraceType.Extreme(true, true)),
            Map.entry("umax_t", new TraceType.Extreme(true, false)),
            Map.entry("avg_t", new TraceType.Average(false, true)),
            Map.entry("uavg_t", new TraceType.Average(false, false)),
            Map.entry("stats_t", new TraceType.Average(true, true)),
            Map.entry("ustats_t", new TraceType.Average(true, false)));

    private final TypingContext context;
    private final ExpressionTyping expressions;

    TypeNames(TypingContext context, ExpressionTyping expressions) {
        this.context = context;
        this.expressions = expressions;
    }

    private static TraceType.Number number(int size, boolean signed) {
        return new TraceType.Number(size, signed);
    }

    /** What a name stands for; {@link TraceType.Nothing} for {@code void} and what is not known, which is reported. */
    TraceType resolve(TypeName name) {
        return switch (name) {
            case TypeName.Named named -> named(named);
            case TypeName.PointerTo pointer ->
                new TraceType.Pointer(
                        resolve(pointer.target()), context.attachment().kind().space());
            case TypeName.ArrayOf array -> {
                OptionalLong size = array.size().map(Constants::number).orElse(OptionalLong.of(0));
                yield new TraceType.Array(resolve(array.element()), (int) size.orElse(0));
            }
            case TypeName.TypeOf typeOf -> expressions.type(typeOf.expression());
        };
    }

    private TraceType named(TypeName.Named named) {
        TraceType plain = PLAIN.get(named.name());
        if (named.keyword().isEmpty() && plain != null) {
            return plain;
        }
        if (named.keyword().isEmpty() && named.name().equals("string")) {
            return new TraceType.Text(context.settings().maxStringLength());
        }
        String full = named.keyword().map(keyword -> keyword + " ").orElse("") + named.name();
        Optional<TraceType> known = context.structures().named(full);
        if (known.isPresent()) {
            return known.get();
        }
        context.report().error(named.span(), "Cannot resolve unknown type \"" + full + "\"");
        return ExpressionTyping.NOTHING;
    }

    /** {@code (type)value}. */
    TraceType cast(Expression.Cast cast) {
        TraceType from = expressions.type(cast.operand());
        TraceType to = resolve(cast.type());
        if (to instanceof TraceType.Array(TraceType element, int count) && count == 0 && element.size() > 0) {
            to = new TraceType.Array(element, from.size() / element.size());
        }
        if (from instanceof TraceType.Nothing) {
            return to;
        }
        boolean constant =
                Constants.number(cast.operand()).isPresent() && to instanceof TraceType.Array && to.size() <= 8;
        if (!constant && !isPossible(from, to)) {
            context.report()
                    .error(
                            cast.span(),
                            "Cannot cast from \"" + TypeText.of(from) + "\" to \"" + TypeText.of(to) + "\"");
        }
        return keepSpace(from, to);
    }

    private static TraceType keepSpace(TraceType from, TraceType to) {
        boolean both = from instanceof TraceType.Pointer && to instanceof TraceType.Pointer;
        return both ? new TraceType.Pointer(((TraceType.Pointer) to).target(), ((TraceType.Pointer) from).space()) : to;
    }

    private static boolean isPossible(TraceType from, TraceType to) {
        return switch (to) {
            case TraceType.Number number -> isScalar(from) || (from instanceof TraceType.Array && from.size() <= 8);
            case TraceType.Enumeration enumeration -> isScalar(from);
            case TraceType.Truth truth -> isScalar(from) || from instanceof TraceType.Text;
            case TraceType.Pointer pointer -> isScalar(from) || from instanceof TraceType.Array;
            case TraceType.Array array ->
                (isScalar(from) || from instanceof TraceType.Array) && from.size() == array.size();
            case TraceType.Text text -> from instanceof TraceType.Text;
            case TraceType.Structure structure -> from instanceof TraceType.Number;
            default -> from.getClass().equals(to.getClass());
        };
    }

    private static boolean isScalar(TraceType type) {
        return BinaryTyping.isNumber(type)
                || type instanceof TraceType.Pointer
                || type instanceof TraceType.Symbol
                || type instanceof TraceType.Timestamp;
    }

    /** {@code typeinfo(...)}: a number of the type, its kind and its name. */
    TraceType information(Expression.TypeInfo info) {
        String name = TypeText.of(resolve(info.type()));
        return TraceType.Tuple.of(List.of(
                new TraceType.Named(Optional.of("btf_id"), number(4, false)),
                new TraceType.Named(Optional.of("base_type"), new TraceType.Text(name.length() + 1)),
                new TraceType.Named(Optional.of("full_type"), new TraceType.Text(name.length() + 1))));
    }
}
