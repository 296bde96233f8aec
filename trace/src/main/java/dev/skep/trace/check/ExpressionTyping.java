package dev.skep.trace.check;

import dev.skep.trace.source.Span;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.type.AddressSpace;
import dev.skep.trace.type.TraceType;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds the types of expressions. */
final class ExpressionTyping {
    static final TraceType NOTHING = new TraceType.Nothing();
    static final TraceType TRUTH = new TraceType.Truth();
    static final TraceType U64 = new TraceType.Number(8, false);
    static final TraceType I64 = new TraceType.Number(8, true);

    private final TypingContext context;
    private final CallTyping calls;
    private final NameTyping names;
    private final TypeNames typeNames;
    private final StatementTyping statements;
    private final MemberTyping members;
    private final UnaryTyping unaries;
    private final ChoiceTyping choices;
    private final TupleTyping tuples;

    ExpressionTyping(TypingContext context, StatementTyping statements) {
        this.context = context;
        this.statements = statements;
        this.typeNames = new TypeNames(context, this);
        this.calls = new CallTyping(context, this);
        this.names = new NameTyping(context);
        this.members = new MemberTyping(context, this);
        this.unaries = new UnaryTyping(context, this);
        this.choices = new ChoiceTyping(context, this);
        this.tuples = new TupleTyping(context, this);
    }

    TypeNames typeNames() {
        return typeNames;
    }

    ChoiceTyping choices() {
        return choices;
    }

    /** The type of an expression; {@link TraceType.Nothing} while it is not known. */
    TraceType type(Expression expression) {
        TraceType type = find(expression);
        context.program().setType(expression, type);
        return type;
    }

    private TraceType find(Expression expression) {
        OptionalLong constant = Constants.number(expression);
        if (constant.isPresent() && isNumeric(expression)) {
            return Promotion.smallest(constant.getAsLong(), Constants.isUnsigned(expression));
        }
        return switch (expression) {
            case Expression.IntegerLiteral literal -> Promotion.smallest(literal.value(), literal.unsigned());
            case Expression.StringLiteral literal -> text(literal);
            case Expression.BooleanLiteral literal -> TRUTH;
            case Expression.Identifier identifier -> identifier(identifier);
            case Expression.PositionalParameter parameter -> Promotion.smallest(0, false);
            case Expression.ParameterCount count -> Promotion.smallest(0, false);
            case Expression.Variable variable -> variable(variable);
            case Expression.MapName map -> map(map);
            case Expression.MapElement element -> element(element);
            case Expression.FieldAccess access -> members.field(access);
            case Expression.TupleAccess access ->
                members.tupleElement(access.span(), type(access.tuple()), access.index());
            case Expression.Index index -> members.index(index);
            case Expression.Call call -> calls.type(call);
            case Expression.SizeOfType size -> members.sizeOf(size, typeNames.resolve(size.type()));
            case Expression.SizeOf size -> members.sizeOf(size, unevaluated(size.expression()));
            case Expression.OffsetOfType offset ->
                members.offsetOf(offset, typeNames.resolve(offset.type()), offset.path());
            case Expression.OffsetOf offset ->
                members.offsetOf(offset, unevaluated(offset.expression()), offset.path());
            case Expression.TypeInfo info -> typeNames.information(info);
            case Expression.Unary unary -> unaries.unary(unary);
            case Expression.Step step -> unaries.step(step);
            case Expression.Binary binary -> binary(binary);
            case Expression.Conditional choice -> choices.choice(choice);
            case Expression.Cast cast -> typeNames.cast(cast);
            case Expression.Tuple tuple -> tuples.tuple(tuple);
            case Expression.Record record -> tuples.record(record);
            case Expression.BlockExpression block -> statements.blockValue(block);
            case Expression.IfExpression choice -> choices.ifValue(choice);
            case Expression.CompileTime compileTime -> compileTime(compileTime);
        };
    }

    private TraceType text(Expression.StringLiteral literal) {
        int longest = context.settings().maxStringLength();
        if (literal.value().length() >= longest) {
            context.report()
                    .error(
                            literal.span(),
                            "String is too long (over " + longest + " bytes): " + literal.value(),
                            "max_strlen (BPFTRACE_MAX_STRLEN) sets how long texts can be");
        }
        return new TraceType.Text(literal.value().length() + 1);
    }

    private TraceType compileTime(Expression.CompileTime compileTime) {
        TraceType type = type(compileTime.expression());
        boolean known = context.program().constant(compileTime).isPresent()
                || Constants.text(compileTime).isPresent()
                || compileTime.expression() instanceof Expression.TypeInfo
                || Effects.hasNoValue(compileTime);
        if (!known) {
            context.report().error(compileTime.span(), "Unable to resolve comptime expression.");
        }
        return type;
    }

    /** The type of what is not evaluated, only looked at: of {@code sizeof}, {@code typeof} ... */
    TraceType unevaluated(Expression expression) {
        TraceType type = type(expression);
        if (Assignments.changeMaps(expression)) {
            context.report()
                    .error(expression.span(), "Map assignments are not allowed where an expression is not evaluated");
        }
        return type;
    }

    /** Comparisons and negations of constants are truths, not numbers. */
    private boolean isNumeric(Expression expression) {
        boolean numeric = switch (expression) {
            case Expression.Unary unary -> !Constants.isTruth(unary) && !Constants.isTruth(unary.operand());
            case Expression.Conditional choice -> false;
            default -> !Constants.isTruth(expression);
        };
        if (expression instanceof Expression.Binary binary) {
            type(binary.left());
            type(binary.right());
        }
        if (expression instanceof Expression.Unary unary) {
            type(unary.operand());
        }
        return numeric && !(expression instanceof Expression.CompileTime);
    }

    private TraceType variable(Expression.Variable variable) {
        Optional<Local> local = context.scopes().find(variable.name());
        if (local.isEmpty()) {
            context.report().error(variable.span(), "Undefined or undeclared variable: $" + variable.name());
            return NOTHING;
        }
        context.program().setLocal(variable, local.get());
        return local.get().type();
    }

    private TraceType map(Expression.MapName map) {
        context.maps().useWithoutKey(map.name(), map.span());
        return mapValue(map.name());
    }

    private TraceType element(Expression.MapElement element) {
        TraceType key = key(element.key());
        if (!(key instanceof TraceType.Nothing)) {
            context.maps().useKey(element.map().name(), key, element.key().span());
        }
        return mapValue(element.map().name());
    }

    /** The type of a key; {@link TraceType.Nothing} if it is not known, or cannot be one, which is reported. */
    TraceType key(Expression key) {
        TraceType type = type(key);
        if (Effects.hasNoValue(key)) {
            context.report().error(key.span(), "Invalid map key type: void");
        }
        if (type instanceof TraceType.Tuple tuple) {
            tuple.elements().forEach(element -> checkKey(key.span(), element.type()));
        } else {
            checkKey(key.span(), type);
        }
        return isManyValued(type) ? NOTHING : type;
    }

    private void checkKey(Span span, TraceType type) {
        if (isManyValued(type)) {
            context.report().error(span, TypeText.of(type) + " cannot be part of a map key");
        }
    }

    TraceType mapValue(String name) {
        context.maps().read(name);
        return context.maps().value(name);
    }

    /** Pointers in what a pointer leads to lead to the same memory, unless it is known better. */
    static TraceType withSpace(TraceType type, AddressSpace space) {
        return type instanceof TraceType.Pointer(TraceType target, AddressSpace own) && own == AddressSpace.UNKNOWN
                ? new TraceType.Pointer(target, space)
                : type;
    }

    private TraceType identifier(Expression.Identifier identifier) {
        TraceType type = names.identifier(identifier.span(), identifier.name());
        if (!BuiltinTypes.isBuiltin(identifier.name())) {
            context.structures()
                    .constant(identifier.name())
                    .ifPresent(constant -> context.program().setConstant(identifier, constant.value()));
        }
        return type;
    }

    private TraceType binary(Expression.Binary binary) {
        TraceType left = type(binary.left());
        TraceType right = type(binary.right());
        if (binary.left() instanceof Expression.TypeInfo && binary.right() instanceof Expression.TypeInfo) {
            typeNames.compare(binary);
        }
        Optional<String> text = Constants.text(binary);
        return text.isPresent()
                ? new TraceType.Text(text.get().length() + 1)
                : new BinaryTyping(context).type(binary, left, right);
    }

    /** True for aggregations that are more than a number: they are printed with all of their map only. */
    static boolean isManyValued(TraceType type) {
        return type instanceof TraceType.Aggregation && !isInteger(type);
    }

    /** True for what counts as an integer: aggregations that are read as one, too. */
    static boolean isInteger(TraceType type) {
        return switch (type) {
            case TraceType.Number number -> true;
            case TraceType.Enumeration enumeration -> true;
            case TraceType.Count count -> true;
            case TraceType.Sum sum -> true;
            case TraceType.Extreme extreme -> true;
            case TraceType.Average average -> !average.all();
            default -> false;
        };
    }

    static boolean isSigned(TraceType type) {
        return switch (type) {
            case TraceType.Number number -> number.signed();
            case TraceType.Enumeration enumeration -> enumeration.signed();
            case TraceType.Sum sum -> sum.signed();
            case TraceType.Extreme extreme -> extreme.signed();
            case TraceType.Average average -> average.signed();
            default -> false;
        };
    }
}
