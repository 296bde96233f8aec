package dev.skep.trace.check;

import dev.skep.trace.source.Span;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.type.AddressSpace;
import dev.skep.trace.type.TraceType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds the types of calls, and checks their arguments. */
final class CallTyping {
    private static final TraceType NOTHING = ExpressionTyping.NOTHING;
    private static final TraceType TRUTH = ExpressionTyping.TRUTH;
    private static final TraceType U64 = ExpressionTyping.U64;
    private static final TraceType I64 = ExpressionTyping.I64;
    private static final int MOST_FRAMES = 1024;

    private final TypingContext context;
    private final ExpressionTyping expressions;
    private final MapCallTyping mapCalls;

    CallTyping(TypingContext context, ExpressionTyping expressions) {
        this.context = context;
        this.expressions = expressions;
        this.mapCalls = new MapCallTyping(context, expressions);
    }

    TraceType type(Expression.Call call) {
        Optional<Functions.Arity> arity = Functions.arity(call.name());
        if (arity.isEmpty()) {
            return builtinOrUnknown(call);
        }
        if (!arity.get().allows(call.arguments().size())) {
            reportCount(call, arity.get());
            call.arguments().forEach(expressions::type);
            return NOTHING;
        }
        if (Functions.UNSAFE.contains(call.name()) && !context.allowUnsafe()) {
            context.report().error(call.span(), call.name() + "() is an unsafe function being used in safe mode");
        }
        if (Functions.AGGREGATIONS.contains(call.name())) {
            context.report().error(call.span(), call.name() + "() should be assigned to a map");
            return NOTHING;
        }
        return find(call);
    }

    private TraceType builtinOrUnknown(Expression.Call call) {
        if (call.arguments().isEmpty() && BuiltinTypes.isBuiltin(call.name())) {
            return new NameTyping(context).identifier(call.span(), call.name());
        }
        call.arguments().forEach(expressions::type);
        context.report()
                .error(
                        call.span(),
                        "Unknown function: '" + call.name() + "'",
                        Nearest.hints(call.name(), Functions.names()));
        return NOTHING;
    }

    private void reportCount(Expression.Call call, Functions.Arity arity) {
        int given = call.arguments().size();
        String wanted = arity.least() == arity.most()
                ? "requires " + (arity.least() == 0 ? "no arguments" : plural(arity.least()))
                : given < arity.least()
                        ? "requires at least " + plural(arity.least())
                        : "takes up to " + plural(arity.most());
        context.report().error(call.span(), call.name() + "() " + wanted + " (" + given + " provided)");
    }

    private static String plural(int count) {
        return count == 1 ? "one argument" : count + " arguments";
    }

    private TraceType find(Expression.Call call) {
        List<Expression> arguments = call.arguments();
        return switch (call.name()) {
            case "print", "clear", "zero", "delete", "has_key", "len" -> mapCalls.type(call);
            case "kstack" -> stack(call, AddressSpace.KERNEL);
            case "ustack" -> stack(call, AddressSpace.USER);
            case "nsecs" -> clock(call);
            case "pid", "tid" -> new TraceType.Number(4, false);
            default -> {
                arguments.forEach(expressions::type);
                yield ofValues(call, arguments);
            }
        };
    }

    /** Functions whose arguments are plain values. */
    private TraceType ofValues(Expression.Call call, List<Expression> arguments) {
        return switch (call.name()) {
            case "printf", "errorf", "warnf", "system", "cat", "fail" -> {
                new FormatCheck(context).check(call);
                yield NOTHING;
            }
            case "time", "join", "exit", "unwatch", "signal", "signal_thread", "override", "assert", "static_assert" ->
                NOTHING;
            case "str", "path" -> text(call);
            case "buf" -> buffer(call);
            case "ksym" -> new TraceType.Symbol(AddressSpace.KERNEL);
            case "usym" -> new TraceType.Symbol(AddressSpace.USER);
            case "ntop" -> new TraceType.InternetAddress(16);
            case "pton" ->
                new TraceType.Array(
                        new TraceType.Number(1, false), literal(call, 0).contains(":") ? 16 : 4);
            case "macaddr" -> new TraceType.HardwareAddress();
            case "strftime" -> new TraceType.Timestamp(literal(call, 0), clockOf(arguments.get(1)));
            case "strerror" -> new TraceType.NumberName(TraceType.NumberName.Names.ERRNO);
            case "syscall_name" -> new TraceType.NumberName(TraceType.NumberName.Names.SYSTEM_CALL);
            case "cgroup_path" -> new TraceType.GroupPath(arguments.size() > 1 ? literal(call, 1) : "");
            case "kptr" -> inSpace(arguments.getFirst(), AddressSpace.KERNEL);
            case "uptr" -> inSpace(arguments.getFirst(), AddressSpace.USER);
            case "uaddr" -> new TraceType.Pointer(U64, AddressSpace.USER);
            case "bswap" -> swapped(call);
            case "strcontains" -> TRUTH;
            case "is_array", "is_integer", "is_unsigned_integer", "is_literal", "is_ptr", "is_str" -> {
                boolean holds = isKind(call.name(), arguments.getFirst());
                context.program().setConstant(call, holds ? 1 : 0);
                yield TRUTH;
            }
            case "strstr", "memcmp" -> I64;
            case "skboutput" -> new TraceType.Number(4, false);
            default -> U64;
        };
    }

    private boolean isKind(String name, Expression argument) {
        TraceType type = context.program().type(argument);
        return switch (name) {
            case "is_array" -> type instanceof TraceType.Array;
            case "is_integer" -> type instanceof TraceType.Number;
            case "is_unsigned_integer" -> type instanceof TraceType.Number number && !number.signed();
            case "is_ptr" -> type instanceof TraceType.Pointer;
            case "is_str" -> type instanceof TraceType.Text;
            default ->
                argument instanceof Expression.IntegerLiteral
                        || argument instanceof Expression.StringLiteral
                        || argument instanceof Expression.BooleanLiteral;
        };
    }

    private TraceType inSpace(Expression argument, AddressSpace space) {
        return switch (context.program().type(argument)) {
            case TraceType.Pointer pointer -> new TraceType.Pointer(pointer.target(), space);
            case TraceType.Number number -> new TraceType.Pointer(NOTHING, space);
            case TraceType other -> other;
        };
    }

    private TraceType swapped(Expression.Call call) {
        TraceType type = context.program().type(call.arguments().getFirst());
        if (!(type instanceof TraceType.Number(int size, boolean signed))) {
            context.report()
                    .error(call.span(), "bswap() only supports integer arguments (" + TypeText.of(type) + " provided)");
            return U64;
        }
        return new TraceType.Number(size, false);
    }

    /** A text that has to be known; {@code ""} with an error if it is not. */
    private String literal(Expression.Call call, int index) {
        Optional<String> text = Constants.text(call.arguments().get(index));
        if (text.isEmpty()) {
            context.report()
                    .error(
                            call.span(),
                            call.name() + "() expects a string literal ("
                                    + TypeText.of(context.program()
                                            .type(call.arguments().get(index)))
                                    + " provided)");
        }
        return text.orElse("");
    }

    private TraceType text(Expression.Call call) {
        int longest = context.settings().maxStringLength();
        TraceType of = context.program().type(call.arguments().getFirst());
        boolean fits = BinaryTyping.isNumber(of)
                || of instanceof TraceType.Pointer
                || of instanceof TraceType.Array
                || of instanceof TraceType.Text
                || of instanceof TraceType.Structure
                || of instanceof TraceType.Nothing;
        if (!fits) {
            context.report()
                    .error(
                            call.span(),
                            call.name() + "() expects an integer or a pointer type as first argument ("
                                    + TypeText.of(of) + " provided)");
        }
        int size = longest;
        if (call.arguments().size() == 2) {
            OptionalLong length = Constants.number(call.arguments().get(1));
            if (length.isPresent() && length.getAsLong() < 0) {
                context.report()
                        .error(call.span(), call.name() + "cannot use negative length (" + length.getAsLong() + ")");
            } else if (length.isPresent() && length.getAsLong() + 1 > longest) {
                context.report()
                        .warning(
                                call.span(),
                                "length param (" + length.getAsLong() + ") is too long and will be shortened to "
                                        + longest + " bytes (see BPFTRACE_MAX_STRLEN)");
            } else if (length.isPresent()) {
                size = (int) length.getAsLong() + 1;
            }
        }
        return new TraceType.Text(size);
    }

    private TraceType buffer(Expression.Call call) {
        int longest = context.settings().maxStringLength() - 4;
        TraceType of = context.program().type(call.arguments().getFirst());
        int size = longest;
        if (call.arguments().size() == 2) {
            OptionalLong length = Constants.number(call.arguments().get(1));
            if (length.isPresent()) {
                size = (int) Math.min(longest, Math.max(0, length.getAsLong()));
            }
        } else if (of instanceof TraceType.Array || of instanceof TraceType.Text) {
            size = Math.min(longest, of.size());
        } else if (!(of instanceof TraceType.Nothing)) {
            context.report()
                    .error(call.span(), "buf() expects a length argument for non-array type " + TypeText.of(of));
        }
        return new TraceType.Buffer(size);
    }

    private TraceType clock(Expression.Call call) {
        if (call.arguments().size() == 1 && clock(call.arguments().getFirst()).isEmpty()) {
            context.report()
                    .error(
                            call.span(),
                            "Invalid timestamp mode: "
                                    + call.arguments().getFirst().span().text());
        }
        return U64;
    }

    /** The clock that an argument of {@code nsecs} names. */
    static Optional<TraceType.Clock> clock(Expression mode) {
        if (!(mode instanceof Expression.Identifier(Span span, String name))) {
            return Optional.empty();
        }
        return switch (name) {
            case "monotonic" -> Optional.of(TraceType.Clock.MONOTONIC);
            case "boot" -> Optional.of(TraceType.Clock.BOOT);
            case "tai" -> Optional.of(TraceType.Clock.TAI);
            case "sw_tai" -> Optional.of(TraceType.Clock.SOFTWARE_TAI);
            default -> Optional.empty();
        };
    }

    private static TraceType.Clock clockOf(Expression time) {
        return time instanceof Expression.Call call
                        && call.name().equals("nsecs")
                        && call.arguments().size() == 1
                ? clock(call.arguments().getFirst()).orElse(TraceType.Clock.BOOT)
                : TraceType.Clock.BOOT;
    }

    private TraceType stack(Expression.Call call, AddressSpace space) {
        TraceType.StackMode mode = context.settings().stackMode();
        long limit = BuiltinTypes.DEFAULT_FRAMES;
        for (Expression argument : call.arguments()) {
            OptionalLong number = Constants.number(argument);
            Optional<TraceType.StackMode> named = mode(argument);
            if (named.isPresent()) {
                mode = named.get();
            } else if (number.isPresent()) {
                limit = number.getAsLong();
            } else {
                context.report().error(call.span(), call.name() + ": invalid limit value");
            }
        }
        if (call.arguments().size() == 2 && mode(call.arguments().getFirst()).isEmpty()) {
            context.report().error(call.span(), "Expected stack mode as first argument");
        }
        if (limit > MOST_FRAMES) {
            context.report()
                    .error(
                            call.span(),
                            call.name() + "([int limit]): limit shouldn't exceed " + MOST_FRAMES + ", " + limit
                                    + " given");
        }
        return BuiltinTypes.stack(space, mode, Math.clamp(limit, 1, MOST_FRAMES));
    }

    private static Optional<TraceType.StackMode> mode(Expression argument) {
        if (!(argument instanceof Expression.Identifier(Span span, String name))) {
            return Optional.empty();
        }
        return switch (name) {
            case "bpftrace" -> Optional.of(TraceType.StackMode.BPFTRACE);
            case "perf" -> Optional.of(TraceType.StackMode.PERF);
            case "raw" -> Optional.of(TraceType.StackMode.RAW);
            default -> Optional.empty();
        };
    }
}
