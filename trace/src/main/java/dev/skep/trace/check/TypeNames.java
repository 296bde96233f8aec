package dev.skep.trace.check;

import dev.skep.trace.source.Span;
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
            Map.entry("username_t", new TraceType.UserName()),
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
            case TypeName.ArrayOf(Span span, TypeName.Named element, Optional<Expression> size)
            when element.keyword().isEmpty() && element.name().equals("string") ->
                new TraceType.Text((int) size.map(Constants::number)
                        .orElse(OptionalLong.empty())
                        .orElse(context.settings().maxStringLength()));
            case TypeName.ArrayOf array -> {
                OptionalLong size = array.size().map(Constants::number).orElse(OptionalLong.of(0));
                yield new TraceType.Array(resolve(array.element()), (int) size.orElse(0));
            }
            case TypeName.TypeOf typeOf -> typeOf(typeOf.expression());
        };
    }

    /** Of a map with keys, {@code typeof(@map)} is what its keys are. */
    private TraceType typeOf(Expression expression) {
        if (expression instanceof Expression.MapName map) {
            boolean keyed = context.maps().isKeyed(map.name()).orElse(false);
            return keyed ? context.maps().key(map.name()) : context.maps().value(map.name());
        }
        return expressions.unevaluated(expression);
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
        boolean isEnumeration = named.keyword().equals(Optional.of("enum"));
        context.report()
                .error(
                        named.span(),
                        isEnumeration
                                ? "Unknown enum: " + named.name()
                                : "Cannot resolve unknown type \"" + full + "\"");
        return ExpressionTyping.NOTHING;
    }

    /** {@code (type)value}. */
    TraceType cast(Expression.Cast cast) {
        TraceType from = expressions.type(cast.operand());
        TraceType to = resolve(cast.type());
        if (to instanceof TraceType.Array(TraceType element, int count) && count == 0 && element.size() > 0) {
            to = new TraceType.Array(element, from.size() / element.size());
        }
        if (Effects.hasNoValue(cast.operand())) {
            context.report().error(cast.span(), "Cannot cast from \"void\" type");
        }
        if (from instanceof TraceType.Nothing) {
            return to;
        }
        if (from instanceof TraceType.Structure) {
            context.report().error(cast.span(), "Cannot cast from struct type \"" + TypeText.of(from) + "\"");
            return to;
        }
        checkVariant(cast, to);
        boolean constant = Constants.number(cast.operand()).isPresent()
                && to instanceof TraceType.Array(TraceType element, int count)
                && !(element instanceof TraceType.Structure)
                && to.size() <= 8;
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
            case TraceType.Number number ->
                isScalar(from) || (from instanceof TraceType.Array && from.size() == number.size());
            case TraceType.Enumeration enumeration -> isScalar(from);
            case TraceType.UserName user -> isScalar(from);
            case TraceType.Truth truth -> isScalar(from) || from instanceof TraceType.Text;
            case TraceType.Pointer pointer -> isScalar(from) || from instanceof TraceType.Text;
            case TraceType.Array array ->
                !(array.element() instanceof TraceType.Structure)
                        && (isScalar(from) || from instanceof TraceType.Text)
                        && (from.size() == array.size() || (BinaryTyping.isNumber(from) && array.size() <= Long.BYTES));
            case TraceType.Text text -> from instanceof TraceType.Text && from.size() <= text.size();
            case TraceType.Structure structure -> false;
            default -> from.getClass().equals(to.getClass());
        };
    }

    private static boolean isScalar(TraceType type) {
        return BinaryTyping.isNumber(type)
                || type instanceof TraceType.Pointer
                || type instanceof TraceType.Symbol
                || type instanceof TraceType.Timestamp;
    }

    /** A number has to be one of those of the enumeration that it is cast to. */
    private void checkVariant(Expression.Cast cast, TraceType to) {
        OptionalLong number = Constants.number(cast.operand());
        if (to instanceof TraceType.Enumeration enumeration
                && number.isPresent()
                && !context.structures().enumerators(enumeration.name()).containsKey(number.getAsLong())) {
            context.report()
                    .error(
                            cast.span(),
                            "Enum: " + enumeration.name().substring("enum ".length())
                                    + " doesn't contain a variant value of " + number.getAsLong());
        }
    }

    /** {@code typeinfo(a) == typeinfo(b)} is known where the script is compiled. */
    void compare(Expression.Binary binary) {
        TraceType left = resolve(((Expression.TypeInfo) binary.left()).type());
        TraceType right = resolve(((Expression.TypeInfo) binary.right()).type());
        boolean equal = kindsEqual(left, right);
        switch (binary.operator()) {
            case EQUAL -> context.program().setConstant(binary, equal ? 1 : 0);
            case NOT_EQUAL -> context.program().setConstant(binary, equal ? 0 : 1);
            default -> {
                // Refused like any other comparison of tuples.
            }
        }
    }

    /** Texts are of one type, however long they are. */
    private static boolean kindsEqual(TraceType left, TraceType right) {
        return left.equals(right) || (left instanceof TraceType.Text && right instanceof TraceType.Text);
    }

    /** {@code typeinfo(...)}: a number of the type, its kind and its name. */
    TraceType information(Expression.TypeInfo info) {
        TraceType type = resolve(info.type());
        String name = TypeText.of(type);
        String kind = TypeText.kind(type);
        context.program().setInformation(info, new TypedProgram.Information(0, kind, name));
        return TraceType.Tuple.of(List.of(
                new TraceType.Named(Optional.of("btf_id"), number(4, false)),
                new TraceType.Named(Optional.of("base_type"), new TraceType.Text(kind.length() + 1)),
                new TraceType.Named(Optional.of("full_type"), new TraceType.Text(name.length() + 1))));
    }
}
