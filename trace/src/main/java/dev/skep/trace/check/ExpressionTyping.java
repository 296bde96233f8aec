package dev.skep.trace.check;

import dev.skep.trace.source.Span;
import dev.skep.trace.tree.BinaryOperator;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.UnaryOperator;
import dev.skep.trace.type.AddressSpace;
import dev.skep.trace.type.TraceType;
import java.util.ArrayList;
import java.util.List;
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

    ExpressionTyping(TypingContext context, StatementTyping statements) {
        this.context = context;
        this.statements = statements;
        this.typeNames = new TypeNames(context, this);
        this.calls = new CallTyping(context, this);
        this.names = new NameTyping(context);
    }

    TypeNames typeNames() {
        return typeNames;
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
            case Expression.StringLiteral literal ->
                new TraceType.Text(literal.value().length() + 1);
            case Expression.BooleanLiteral literal -> TRUTH;
            case Expression.Identifier identifier -> identifier(identifier);
            case Expression.PositionalParameter parameter -> new TraceType.Number(1, false);
            case Expression.ParameterCount count -> new TraceType.Number(1, false);
            case Expression.Variable variable -> variable(variable);
            case Expression.MapName map -> map(map);
            case Expression.MapElement element -> element(element);
            case Expression.FieldAccess access -> field(access);
            case Expression.TupleAccess access -> tupleElement(access.span(), type(access.tuple()), access.index());
            case Expression.Index index -> index(index);
            case Expression.Call call -> calls.type(call);
            case Expression.SizeOfType size -> sizeOf(size, typeNames.resolve(size.type()));
            case Expression.SizeOf size -> sizeOf(size, type(size.expression()));
            case Expression.OffsetOfType offset -> offsetOf(offset, typeNames.resolve(offset.type()), offset.path());
            case Expression.OffsetOf offset -> offsetOf(offset, type(offset.expression()), offset.path());
            case Expression.TypeInfo info -> typeNames.information(info);
            case Expression.Unary unary -> unary(unary);
            case Expression.Step step -> step(step);
            case Expression.Binary binary -> binary(binary);
            case Expression.Conditional choice -> choice(choice);
            case Expression.Cast cast -> typeNames.cast(cast);
            case Expression.Tuple tuple -> tuple(tuple);
            case Expression.Record record -> record(record);
            case Expression.BlockExpression block -> statements.blockValue(block);
            case Expression.IfExpression choice -> ifValue(choice);
            case Expression.CompileTime compileTime -> type(compileTime.expression());
        };
    }

    /** Comparisons and negations of constants are truths, not numbers. */
    private boolean isNumeric(Expression expression) {
        boolean numeric = switch (expression) {
            case Expression.BooleanLiteral literal -> false;
            case Expression.Unary unary -> unary.operator() != UnaryOperator.NOT;
            case Expression.Binary binary ->
                !binary.operator().isComparison()
                        && binary.operator() != BinaryOperator.AND
                        && binary.operator() != BinaryOperator.OR;
            case Expression.Conditional choice -> false;
            default -> true;
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
        return mapValue(map.name(), map.span());
    }

    private TraceType element(Expression.MapElement element) {
        TraceType key = type(element.key());
        if (!(key instanceof TraceType.Nothing)) {
            context.maps().useKey(element.map().name(), key, element.span());
        }
        return mapValue(element.map().name(), element.map().span());
    }

    private TraceType mapValue(String name, Span span) {
        if (!context.maps().isDefined(name)) {
            context.report().error(span, "Undefined map: @" + name);
        }
        return context.maps().value(name);
    }

    private TraceType field(Expression.FieldAccess access) {
        TraceType object = type(access.object());
        AddressSpace space = context.attachment().kind().space();
        while (object instanceof TraceType.Pointer pointer) {
            space = pointer.space();
            object = pointer.target();
        }
        if (object instanceof TraceType.Tuple tuple) {
            Optional<TraceType.Element> element = tuple.elements().stream()
                    .filter(each -> each.name().equals(Optional.of(access.field())))
                    .findFirst();
            if (element.isEmpty()) {
                context.report().error(access.span(), "Record does not contain a field named '" + access.field() + "'");
            }
            return element.map(TraceType.Element::type).orElse(NOTHING);
        }
        if (!(object instanceof TraceType.Structure structure)) {
            context.report()
                    .error(
                            access.span(),
                            "Can not access field '" + access.field() + "' on expression of type '"
                                    + TypeText.of(object) + "'");
            return NOTHING;
        }
        Optional<Structures.Member> member = context.structures().member(structure, access.field());
        if (member.isEmpty()) {
            reportMissing(access, structure);
            return NOTHING;
        }
        return withSpace(member.get().type(), space);
    }

    private void reportMissing(Expression.FieldAccess access, TraceType.Structure structure) {
        List<String> fields = context.structures().members(structure).stream()
                .map(Structures.Member::name)
                .toList();
        context.report()
                .error(
                        access.span(),
                        "Unable to find field \"" + access.field() + "\"",
                        Nearest.hints(access.field(), fields));
    }

    /** Pointers in what a pointer leads to lead to the same memory, unless it is known better. */
    static TraceType withSpace(TraceType type, AddressSpace space) {
        return type instanceof TraceType.Pointer(TraceType target, AddressSpace own) && own == AddressSpace.UNKNOWN
                ? new TraceType.Pointer(target, space)
                : type;
    }

    private TraceType tupleElement(Span span, TraceType tuple, int index) {
        if (tuple instanceof TraceType.Tuple(List<TraceType.Element> elements, int size)) {
            if (index < elements.size()) {
                return elements.get(index).type();
            }
            context.report()
                    .error(
                            span,
                            "Invalid tuple index: " + index + ". Found " + elements.size() + " elements in tuple.");
            return NOTHING;
        }
        context.report()
                .error(span, "Can not access index '" + index + "' on expression of type '" + TypeText.of(tuple) + "'");
        return NOTHING;
    }

    private TraceType index(Expression.Index access) {
        TraceType array = type(access.array());
        TraceType index = type(access.index());
        OptionalLong constant = Constants.number(access.index());
        if (array instanceof TraceType.Tuple tuple) {
            if (constant.isEmpty()) {
                context.report().error(access.span(), "Tuples are accessed with constant indexes");
                return NOTHING;
            }
            return tupleElement(access.span(), tuple, (int) constant.getAsLong());
        }
        if (!(index instanceof TraceType.Number)) {
            context.report()
                    .error(
                            access.span(),
                            "The array index operator [] only accepts positive (unsigned) integer indices. Got: "
                                    + TypeText.of(index));
        }
        return switch (array) {
            case TraceType.Array(TraceType element, int count) -> {
                if (constant.isPresent() && constant.getAsLong() >= count) {
                    context.report()
                            .error(
                                    access.span(),
                                    "the index " + constant.getAsLong() + " is out of bounds for array of size "
                                            + count);
                }
                yield element;
            }
            case TraceType.Pointer(TraceType target, AddressSpace space) -> withSpace(target, space);
            case TraceType.Text text -> new TraceType.Number(1, true);
            default -> {
                context.report()
                        .error(
                                access.span(),
                                "The array index operator [] can only be used on arrays and pointers, found "
                                        + TypeText.of(array) + ".");
                yield NOTHING;
            }
        };
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

    private TraceType sizeOf(Expression expression, TraceType type) {
        context.program().setConstant(expression, type.size());
        if (type instanceof TraceType.Nothing) {
            context.report().error(expression.span(), "sizeof not resolved, is type complete?");
        }
        return U64;
    }

    private TraceType offsetOf(Expression expression, TraceType type, List<String> path) {
        Span span = expression.span();
        TraceType at = type;
        int offset = 0;
        for (String field : path) {
            if (!(at instanceof TraceType.Structure structure)) {
                context.report().error(span, "'" + TypeText.of(at) + "' is not a c_struct type.");
                return U64;
            }
            Optional<Structures.Member> member = context.structures().member(structure, field);
            if (member.isEmpty()) {
                context.report().error(span, "'" + structure.name() + "' has no field named '" + field + "'");
                return U64;
            }
            at = member.get().type();
            offset += member.get().offset();
        }
        context.program().setConstant(expression, offset);
        return U64;
    }

    private TraceType unary(Expression.Unary unary) {
        TraceType operand = type(unary.operand());
        return switch (unary.operator()) {
            case NOT -> TRUTH;
            case COMPLEMENT, NEGATE -> {
                if (!isInteger(operand) && !(operand instanceof TraceType.Nothing)) {
                    context.report()
                            .error(
                                    unary.span(),
                                    "The " + unary.operator().symbol()
                                            + " operator can not be used on expressions of type '"
                                            + TypeText.of(operand) + "'");
                }
                yield unary.operator() == UnaryOperator.NEGATE || isSigned(operand) ? I64 : U64;
            }
            case DEREFERENCE -> dereference(unary, operand);
            case ADDRESS_OF -> new TraceType.Pointer(operand, AddressSpace.KERNEL);
        };
    }

    private TraceType dereference(Expression.Unary unary, TraceType operand) {
        return switch (operand) {
            case TraceType.Pointer(TraceType target, AddressSpace space) -> withSpace(target, space);
            case TraceType.Number number -> U64;
            case TraceType.Nothing nothing -> nothing;
            default -> {
                context.report()
                        .error(
                                unary.span(),
                                "Can not dereference type '" + TypeText.of(operand) + "'. It is not a pointer.");
                yield NOTHING;
            }
        };
    }

    private TraceType step(Expression.Step step) {
        switch (step.target()) {
            case Expression.Variable variable -> {
                TraceType type = type(variable);
                if (type instanceof TraceType.Number number) {
                    Local local = context.program().local(variable);
                    if (!local.isDeclared()) {
                        local.widen(new TraceType.Number(8, number.signed()));
                    }
                }
            }
            case Expression.MapName map -> {
                context.maps().useWithoutKey(map.name(), map.span());
                stepMap(map.name());
            }
            case Expression.MapElement element -> {
                context.maps()
                        .useKey(
                                element.map().name(),
                                type(element.key()),
                                element.map().span());
                stepMap(element.map().name());
            }
            default ->
                context.report()
                        .error(
                                step.span(),
                                "The " + (step.by() > 0 ? "++" : "--")
                                        + " operator must be applied to a map or variable");
        }
        TraceType type = type(step.target());
        if (!isInteger(type) && !(type instanceof TraceType.Pointer)) {
            context.report()
                    .error(
                            step.span(),
                            "The " + (step.by() > 0 ? "++" : "--")
                                    + " operator can not be used on expressions of type '" + TypeText.of(type) + "'");
        }
        return type;
    }

    private void stepMap(String name) {
        if (!context.maps().isDefined(name) || isInteger(context.maps().value(name))) {
            context.maps().useValue(name, I64);
        }
    }

    private TraceType binary(Expression.Binary binary) {
        TraceType left = type(binary.left());
        TraceType right = type(binary.right());
        return new BinaryTyping(context).type(binary, left, right);
    }

    private TraceType choice(Expression.Conditional choice) {
        checkCondition(choice.condition(), type(choice.condition()));
        OptionalLong known = context.program().constant(choice.condition());
        return known.isPresent()
                ? type(known.getAsLong() != 0 ? choice.whenTrue() : choice.whenFalse())
                : branches(choice.span(), type(choice.whenTrue()), type(choice.whenFalse()));
    }

    private TraceType ifValue(Expression.IfExpression choice) {
        checkCondition(choice.condition(), type(choice.condition()));
        OptionalLong known = context.program().constant(choice.condition());
        if (known.isPresent() && choice.whenFalse().isPresent()) {
            return type(
                    known.getAsLong() != 0
                            ? choice.whenTrue()
                            : choice.whenFalse().get());
        }
        TraceType whenTrue = type(choice.whenTrue());
        return choice.whenFalse()
                .map(other -> branches(choice.span(), whenTrue, type(other)))
                .orElse(NOTHING);
    }

    private TraceType branches(Span span, TraceType left, TraceType right) {
        Optional<TraceType> joined = Promotion.join(left, right);
        if (joined.isEmpty()) {
            context.report()
                    .error(
                            span,
                            "Branches must return the same type or compatible types: have '" + TypeText.of(left)
                                    + "' and '" + TypeText.of(right) + "'");
        }
        return joined.orElse(left);
    }

    void checkCondition(Expression condition, TraceType type) {
        boolean fits = isInteger(type)
                || type instanceof TraceType.Truth
                || type instanceof TraceType.Pointer
                || type instanceof TraceType.Nothing;
        if (!fits) {
            context.report().error(condition.span(), "Invalid condition: " + TypeText.of(type));
        }
    }

    private TraceType tuple(Expression.Tuple tuple) {
        List<TraceType.Named> members = new ArrayList<>();
        boolean known = true;
        for (Expression element : tuple.elements()) {
            TraceType type = asNumber(type(element));
            known &= !(type instanceof TraceType.Nothing);
            members.add(new TraceType.Named(Optional.empty(), type));
        }
        return known ? TraceType.Tuple.of(members) : NOTHING;
    }

    /** What an aggregation is when it is read: what all CPUs have, put together. */
    private static TraceType asNumber(TraceType type) {
        return switch (type) {
            case TraceType.Average average when !average.all() -> new TraceType.Number(Long.BYTES, average.signed());
            case TraceType.Extreme extreme -> new TraceType.Number(Long.BYTES, extreme.signed());
            default -> type;
        };
    }

    private TraceType record(Expression.Record record) {
        List<TraceType.Named> members = new ArrayList<>();
        boolean known = true;
        for (Expression.Field field : record.fields()) {
            TraceType type = type(field.value());
            known &= !(type instanceof TraceType.Nothing);
            members.add(new TraceType.Named(Optional.of(field.name()), type));
        }
        return known ? TraceType.Tuple.of(members) : NOTHING;
    }

    /** True for what counts as an integer: aggregations that are read as one, too. */
    static boolean isInteger(TraceType type) {
        return switch (type) {
            case TraceType.Number number -> true;
            case TraceType.Enumeration enumeration -> true;
            case TraceType.Count count -> true;
            case TraceType.Sum sum -> true;
            case TraceType.Extreme extreme -> true;
            case TraceType.Average average -> true;
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
