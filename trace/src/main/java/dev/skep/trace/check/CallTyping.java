package dev.skep.trace.check;

import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.source.Span;
import dev.skep.trace.source.Spelling;
import dev.skep.trace.system.Binaries;
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

    /** Bytes of what {@code str_concat} makes, a power of two. */
    private static final int JOINED = 1_024;

    /** {@code _NSIG} of asm/signal.h. */
    private static final int MOST_SIGNALS = 64;

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
        if (Functions.AGGREGATIONS.contains(call.name())) {
            context.report().error(call.span(), call.name() + "() must be assigned directly to a map");
            return NOTHING;
        }
        if (!arity.get().allows(call.arguments().size())) {
            context.report().error(call.span(), arity.get().complaint(call));
            call.arguments().forEach(expressions::type);
            return NOTHING;
        }
        ProbeKind kind = context.attachment().kind();
        if (!Availability.allows(call.name(), kind)) {
            context.report().error(call.span(), call.name() + " can not be used with \"" + kind.text() + "\" probes");
        }
        if (Functions.UNSAFE.contains(call.name()) && !context.allowUnsafe()) {
            context.report().error(call.span(), call.name() + "() is an unsafe function being used in safe mode");
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
                        Spelling.hints(call.name(), Functions.names()));
        return NOTHING;
    }

    private TraceType find(Expression.Call call) {
        List<Expression> arguments = call.arguments();
        return switch (call.name()) {
            case "print", "clear", "zero", "delete", "has_key", "find", "len", "is_scalar" -> mapCalls.type(call);
            case "kstack" -> stack(call, AddressSpace.KERNEL);
            case "ustack" -> stack(call, AddressSpace.USER);
            case "nsecs" -> clock(call);
            case "pid", "tid" -> {
                arguments.forEach(mode -> checkNamespace(call, mode));
                yield new TraceType.Number(4, false);
            }
            default -> {
                arguments.forEach(expressions::type);
                yield new ArgumentCheck(context).check(call) ? ofValues(call, arguments) : NOTHING;
            }
        };
    }

    /** Functions whose arguments are plain values. */
    private TraceType ofValues(Expression.Call call, List<Expression> arguments) {
        return switch (call.name()) {
            case "printf", "errorf", "warnf", "system", "cat", "debugf" -> {
                new FormatCheck(context).check(call);
                yield NOTHING;
            }
            case "fail" -> {
                new FormatCheck(context).check(call);
                context.report()
                        .error(call.span(), CompileTimeText.of(call).orElse("fail() arguments need to be literals"));
                yield NOTHING;
            }
            case "signal", "signal_thread" -> {
                checkSignal(call, arguments.getFirst());
                yield NOTHING;
            }
            case "join" -> {
                requireAddress(call, arguments.getFirst());
                yield NOTHING;
            }
            case "time", "exit", "unwatch", "override", "assert", "static_assert" -> NOTHING;
            case "str", "path" -> text(call);
            case "buf" -> buffer(call);
            case "ksym" -> symbol(call, AddressSpace.KERNEL);
            case "usym" -> symbol(call, AddressSpace.USER);
            case "ntop" -> internetAddress(call);
            case "pton" -> writtenAddress(call);
            case "macaddr" -> hardwareAddress(call);
            case "strftime" -> timestamp(call);
            case "strerror" -> new TraceType.NumberName(TraceType.NumberName.Names.ERRNO);
            case "signal_name" -> new TraceType.NumberName(TraceType.NumberName.Names.SIGNAL);
            case "str_concat" -> new TraceType.Text(JOINED);
            case "syscall_name" -> new TraceType.NumberName(TraceType.NumberName.Names.SYSTEM_CALL);
            case "cgroup_path" -> new TraceType.GroupPath(arguments.size() > 1 ? literal(call, 1) : "");
            case "kptr" -> inSpace(call, AddressSpace.KERNEL);
            case "uptr" -> inSpace(call, AddressSpace.USER);
            case "uaddr" -> userAddress(call);
            case "percpu_kaddr" -> cpuAddress(call);
            case "socket_cookie" -> cookie(call);
            case "kfunc_exist", "kfunc_allowed" -> {
                boolean exists = context.structures().hasFunction(literal(call, 0));
                context.program().setConstant(call, exists ? 1 : 0);
                yield TRUTH;
            }
            case "bswap" -> swapped(call);
            case "strcontains" -> TRUTH;
            case "is_array", "is_integer", "is_unsigned_integer", "is_literal", "is_ptr", "is_str" -> {
                boolean holds = isKind(call.name(), arguments.getFirst());
                context.program().setConstant(call, holds ? 1 : 0);
                yield TRUTH;
            }
            case "strlen" -> length(call);
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

    private TraceType inSpace(Expression.Call call, AddressSpace space) {
        requireAddress(call, call.arguments().getFirst());
        return switch (context.program().type(call.arguments().getFirst())) {
            case TraceType.Pointer pointer -> new TraceType.Pointer(pointer.target(), space);
            case TraceType.Number number -> new TraceType.Pointer(NOTHING, space);
            case TraceType other -> other;
        };
    }

    private void requireAddress(Expression.Call call, Expression argument) {
        TraceType type = context.program().type(argument);
        if (!BinaryTyping.isNumber(type) && !(type instanceof TraceType.Pointer) && !context.isUnknown(argument)) {
            context.report()
                    .error(
                            call.span(),
                            call.name() + "() only supports int or pointer arguments (" + TypeText.kind(type)
                                    + " provided)");
        }
    }

    private TraceType symbol(Expression.Call call, AddressSpace space) {
        requireAddress(call, call.arguments().getFirst());
        return new TraceType.Symbol(space);
    }

    private TraceType internetAddress(Expression.Call call) {
        TraceType of = context.program().type(call.arguments().getLast());
        boolean bytes = of instanceof TraceType.Array || of instanceof TraceType.Text;
        if (call.arguments().size() == 2
                && !BinaryTyping.isNumber(
                        context.program().type(call.arguments().getFirst()))) {
            context.report().error(call.span(), "ntop() only supports int arguments for the address family");
        }
        if (!BinaryTyping.isNumber(of)
                && !bytes
                && !context.isUnknown(call.arguments().getLast())) {
            context.report()
                    .error(call.span(), "ntop() expects an integer or array argument, got " + TypeText.kind(of));
        }
        if (bytes && of.size() != 4 && of.size() != 16) {
            context.report().error(call.span(), "ntop() argument must be 4 or 16 bytes in size");
        }
        return new TraceType.InternetAddress(16);
    }

    private TraceType hardwareAddress(Expression.Call call) {
        Expression argument = call.arguments().getFirst();
        TraceType of = context.program().type(argument);
        boolean bytes = of instanceof TraceType.Array || of instanceof TraceType.Text;
        if (Constants.text(argument).isPresent()) {
            context.report().error(call.span(), "macaddr() does not support literal string arguments");
        } else if (bytes && of.size() < 6) {
            context.report().error(call.span(), "macaddr() argument must be at least 6 bytes in size");
        } else if (!bytes
                && !BinaryTyping.isNumber(of)
                && !(of instanceof TraceType.Pointer)
                && !context.isUnknown(argument)) {
            context.report()
                    .error(
                            call.span(),
                            "macaddr() only supports array or pointer arguments (" + TypeText.kind(of) + " provided)");
        }
        return new TraceType.HardwareAddress();
    }

    private TraceType writtenAddress(Expression.Call call) {
        String text = literal(call, 0);
        boolean isLong = text.contains(":");
        if (!isLong && !text.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            context.report()
                    .error(call.span(), "pton() expects a string argument of an IPv4 or IPv6 address, got " + text);
        }
        return new TraceType.Array(new TraceType.Number(1, false), isLong ? 16 : 4);
    }

    private TraceType timestamp(Expression.Call call) {
        TraceType.Clock clock = clockOf(call.arguments().get(1));
        if (clock == TraceType.Clock.MONOTONIC) {
            context.report().error(call.span(), "strftime() can not take a monotonic timestamp");
        }
        return new TraceType.Timestamp(literal(call, 0), clock);
    }

    /** A pointer to as many bytes as the symbol's table says the object has. */
    private TraceType userAddress(Expression.Call call) {
        String symbol = literal(call, 0);
        long size = context.attachment().target() instanceof ProbeTarget.Uprobe uprobe
                ? context.system()
                        .binaries()
                        .object(uprobe.binary(), symbol)
                        .map(Binaries.Symbol::size)
                        .orElse(0L)
                : 0;
        boolean plain = size == 1 || size == 2 || size == 4;
        return new TraceType.Pointer(new TraceType.Number(plain ? (int) size : 8, false), AddressSpace.USER);
    }

    private TraceType cpuAddress(Expression.Call call) {
        String symbol = literal(call, 0);
        if (!context.structures().hasVariable(symbol)) {
            context.report().error(call.span(), "Could not resolve variable \"" + symbol + "\" from BTF");
        }
        return new TraceType.Pointer(U64, AddressSpace.KERNEL);
    }

    private TraceType cookie(Expression.Call call) {
        TraceType of = context.program().type(call.arguments().getFirst());
        boolean isSocket = of instanceof TraceType.Pointer(TraceType.Structure target, AddressSpace space)
                && target.name().equals("struct sock");
        if (!isSocket) {
            context.report()
                    .error(
                            call.span(),
                            "socket_cookie() only supports 'struct sock *' as the argument ('" + TypeText.of(of)
                                    + "' provided)");
        }
        return U64;
    }

    private void checkSignal(Expression.Call call, Expression signal) {
        TraceType type = context.program().type(signal);
        OptionalLong number = Constants.number(signal);
        if (Constants.text(signal).isEmpty() && !BinaryTyping.isNumber(type) && !context.isUnknown(signal)) {
            context.report()
                    .error(
                            call.span(),
                            call.name() + "() only supports int arguments and string literals (" + TypeText.kind(type)
                                    + " provided)");
        } else if (number.isPresent() && (number.getAsLong() < 1 || number.getAsLong() > MOST_SIGNALS)) {
            context.report()
                    .error(
                            call.span(),
                            number.getAsLong() + " is not a valid signal, allowed range: [1," + MOST_SIGNALS + "]");
        }
    }

    private void checkNamespace(Expression.Call call, Expression mode) {
        if (!(mode instanceof Expression.Identifier(Span span, String name))) {
            String given = TypeText.kind(expressions.type(mode));
            context.report()
                    .error(
                            call.span(),
                            call.name() + "() only supports curr_ns and init as the argument (" + given + " provided)");
        } else if (!name.equals("curr_ns") && !name.equals("init")) {
            context.report().error(span, "Invalid PID namespace mode: " + name + " (expects: curr_ns or init)");
        }
    }

    private TraceType swapped(Expression.Call call) {
        TraceType type = context.program().type(call.arguments().getFirst());
        if (!(type instanceof TraceType.Number(int size, boolean signed, int _))) {
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

    private TraceType length(Expression.Call call) {
        TraceType of = context.program().type(call.arguments().getFirst());
        boolean isText = of instanceof TraceType.Text
                || of instanceof TraceType.Array
                || of instanceof TraceType.Pointer
                || of instanceof TraceType.Nothing;
        if (!isText) {
            context.report().error(call.span(), "string-like values must be either strings, arrays or pointers");
        }
        return U64;
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
                            call.name() + "() expects a string, integer or a pointer type as first argument ("
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
            if (length.isPresent() && length.getAsLong() < 0) {
                context.report()
                        .error(call.span(), call.name() + "cannot use negative length (" + length.getAsLong() + ")");
            } else if (length.isPresent()) {
                size = (int) Math.min(longest, Math.max(0, length.getAsLong()));
            }
        } else if (of instanceof TraceType.Array
                || (of instanceof TraceType.Text && call.arguments().getFirst() instanceof Expression.FieldAccess)) {
            size = Math.min(longest, of.size());
        } else if (!(of instanceof TraceType.Nothing)) {
            context.report()
                    .error(call.span(), "buf() expects a length argument for non-array type " + TypeText.kind(of));
        }
        return new TraceType.Buffer(size);
    }

    private TraceType clock(Expression.Call call) {
        if (call.arguments().size() == 1 && clock(call.arguments().getFirst()).isEmpty()) {
            context.report()
                    .error(
                            call.arguments().getFirst().span(),
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
            if (number.orElse(0) < 0) {
                context.report().error(call.span(), call.name() + ": invalid limit value");
            }
            if (named.isPresent()) {
                mode = named.get();
            } else if (number.isPresent()) {
                limit = number.getAsLong();
            } else if (argument instanceof Expression.Identifier(Span span, String name)) {
                context.report()
                        .error(
                                span,
                                "Invalid stack mode: " + name,
                                ConfigReader.validValues(TraceType.StackMode.words()));
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
        if (space == AddressSpace.KERNEL && mode == TraceType.StackMode.BUILD_ID) {
            context.report().error(call.span(), "'build_id' stack mode can only be used for ustack");
        }
        return BuiltinTypes.stack(space, mode, Math.clamp(limit, 1, MOST_FRAMES));
    }

    private static Optional<TraceType.StackMode> mode(Expression argument) {
        return argument instanceof Expression.Identifier(Span span, String name)
                ? TraceType.StackMode.of(name)
                : Optional.empty();
    }
}
