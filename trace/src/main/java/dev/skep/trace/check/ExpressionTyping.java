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
            case Expression.SizeOf size -> sizeOf(size, unevaluated(size.expression()));
            case Expression.OffsetOfType offset -> offsetOf(offset, typeNames.resolve(offset.type()), offset.path());
            case Expression.OffsetOf offset -> offsetOf(offset, unevaluated(offset.expression()), offset.path());
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
            case Expression.CompileTime compileTime -> compileTime(compileTime);
        };
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
            case Expression.BooleanLiteral literal -> false;
            case Expression.Unary unary ->
                unary.operator() != UnaryOperator.NOT && !(unary.operand() instanceof Expression.BooleanLiteral);
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
        TraceType key = key(element.key());
        if (!(key instanceof TraceType.Nothing)) {
            context.maps().useKey(element.map().name(), key, element.key().span());
        }
        return mapValue(element.map().name(), element.map().span());
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
        boolean known = constant.isPresent() && constant.getAsLong() >= 0;
        boolean unsigned = index instanceof TraceType.Nothing || (isInteger(index) && !isSigned(index));
        if (!known && !unsigned) {
            context.report()
                    .error(
                            access.span(),
                            "The array index operator [] only accepts positive (unsigned) integer indices. Got: "
                                    + TypeText.of(index));
        }
        return switch (array) {
            case TraceType.Array(TraceType element, int count) -> {
                checkBounds(access, constant, count);
                yield element;
            }
            case TraceType.Pointer(TraceType target, AddressSpace space) -> {
                if (target.size() == 0 && !(target instanceof TraceType.Structure)) {
                    context.report()
                            .error(
                                    access.span(),
                                    "The array index operator [] cannot be used on a pointer to an unsized type (void"
                                            + " *).");
                }
                yield withSpace(target, space);
            }
            case TraceType.Text text -> {
                checkBounds(access, constant, text.size());
                yield new TraceType.Number(1, true);
            }
            case TraceType.Nothing nothing -> nothing;
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

    /** Arrays of no known length ({@code int y[]}) have no bounds. */
    private void checkBounds(Expression.Index access, OptionalLong index, int count) {
        if (count > 0 && index.isPresent() && index.getAsLong() >= count) {
            context.report()
                    .error(
                            access.span(),
                            "the index " + index.getAsLong() + " is out of bounds for array of size " + count);
        }
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
        TraceType operand = operand(unary);
        return switch (unary.operator()) {
            case NOT -> {
                checkOperand(unary, operand, isInteger(operand) || operand instanceof TraceType.Truth);
                yield TRUTH;
            }
            case COMPLEMENT, NEGATE -> {
                checkOperand(unary, operand, isInteger(operand));
                yield unary.operator() == UnaryOperator.NEGATE || isSigned(operand) ? I64 : U64;
            }
            case DEREFERENCE -> dereference(unary, operand);
            case ADDRESS_OF -> {
                if (operand instanceof TraceType.Nothing && unary.operand() instanceof Expression.Variable variable) {
                    context.report().error(unary.span(), "No type available for variable $" + variable.name());
                }
                yield new TraceType.Pointer(operand, AddressSpace.KERNEL);
            }
        };
    }

    /** The address of a map is that of all of it, whether it has keys or not. */
    private TraceType operand(Expression.Unary unary) {
        return unary.operator() == UnaryOperator.ADDRESS_OF && unary.operand() instanceof Expression.MapName map
                ? mapValue(map.name(), map.span())
                : type(unary.operand());
    }

    private void checkOperand(Expression.Unary unary, TraceType operand, boolean fits) {
        if (!fits && !(operand instanceof TraceType.Nothing)) {
            context.report()
                    .error(
                            unary.span(),
                            "The " + unary.operator().symbol() + " operator can not be used on expressions of type '"
                                    + TypeText.of(operand) + "'");
        }
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
                                key(element.key()),
                                element.key().span());
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
        if (binary.left() instanceof Expression.TypeInfo && binary.right() instanceof Expression.TypeInfo) {
            typeNames.compare(binary);
        }
        return new BinaryTyping(context).type(binary, left, right);
    }

    private TraceType choice(Expression.Conditional choice) {
        checkCondition(choice.condition(), type(choice.condition()));
        OptionalLong known = known(choice.condition());
        return known.isPresent()
                ? type(known.getAsLong() != 0 ? choice.whenTrue() : choice.whenFalse())
                : branches(choice.span(), choice.whenTrue(), choice.whenFalse());
    }

    private TraceType ifValue(Expression.IfExpression choice) {
        checkCondition(choice.condition(), type(choice.condition()));
        OptionalLong known = known(choice.condition());
        if (known.isPresent() && choice.whenFalse().isPresent()) {
            return type(
                    known.getAsLong() != 0
                            ? choice.whenTrue()
                            : choice.whenFalse().get());
        }
        if (choice.whenFalse().isEmpty()) {
            type(choice.whenTrue());
            return NOTHING;
        }
        return branches(choice.span(), choice.whenTrue(), choice.whenFalse().get());
    }

    private TraceType branches(Span span, Expression whenTrue, Expression whenFalse) {
        TraceType left = type(whenTrue);
        TraceType right = type(whenFalse);
        Optional<TraceType> joined = Promotion.join(left, right);
        if (joined.isEmpty() || Effects.hasNoValue(whenTrue) != Effects.hasNoValue(whenFalse)) {
            context.report()
                    .error(
                            span,
                            "Branches must return the same type: have '" + text(whenTrue) + "' and '" + text(whenFalse)
                                    + "'");
        }
        if (left instanceof TraceType.Structure) {
            context.report().error(span, "Ternary return type unsupported " + TypeText.of(left));
        }
        return joined.orElse(left);
    }

    private String text(Expression expression) {
        return Effects.hasNoValue(expression)
                ? "void"
                : TypeText.of(context.program().type(expression));
    }

    /** What a condition is known to be, if the compiler has to decide it ({@code comptime}, {@code is_str}): the other branch is not looked at. */
    OptionalLong known(Expression condition) {
        return decides(condition) ? context.program().constant(condition) : OptionalLong.empty();
    }

    private static boolean decides(Expression condition) {
        return switch (condition) {
            case Expression.CompileTime compileTime -> true;
            case Expression.Call call -> Functions.OF_TYPES.contains(call.name());
            case Expression.Unary unary -> decides(unary.operand());
            case Expression.Binary binary ->
                decides(binary.left()) || decides(binary.right()) || binary.left() instanceof Expression.TypeInfo;
            default -> false;
        };
    }

    void checkCondition(Expression condition, TraceType type) {
        boolean fits = isInteger(type)
                || type instanceof TraceType.Truth
                || type instanceof TraceType.Pointer
                || Constants.text(condition).isPresent()
                || (type instanceof TraceType.Nothing && !Effects.hasNoValue(condition));
        if (!fits) {
            String kind = Effects.hasNoValue(condition) ? "void" : TypeText.kind(type);
            context.report().error(condition.span(), "Invalid condition: " + kind);
        }
    }

    private TraceType tuple(Expression.Tuple tuple) {
        List<TraceType.Named> members = new ArrayList<>();
        boolean known = true;
        for (Expression element : tuple.elements()) {
            TraceType type = asNumber(member(element, "tuple"));
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
            TraceType type = member(field.value(), "record");
            known &= !(type instanceof TraceType.Nothing);
            members.add(new TraceType.Named(Optional.of(field.name()), type));
        }
        return known ? TraceType.Tuple.of(members) : NOTHING;
    }

    /** The type of a part of a tuple or record. */
    private TraceType member(Expression expression, String whole) {
        TraceType type = type(expression);
        if (isManyValued(type)) {
            context.report()
                    .error(
                            expression.span(),
                            "Map type " + TypeText.of(type) + " cannot exist inside a " + whole + ".");
        }
        if (Effects.hasNoValue(expression)) {
            context.report().error(expression.span(), "A value of type void cannot exist inside a " + whole + ".");
        }
        return isManyValued(type) ? NOTHING : type;
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
