package dev.skep.trace.check;

import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Script;
import dev.skep.trace.tree.Statement;
import dev.skep.trace.type.TraceType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds the types of what statements assign and evaluate, and of the variables they declare. */
final class StatementTyping {
    private final TypingContext context;
    private final ExpressionTyping expressions;
    private final AssignmentTyping assignments;
    private Optional<Script.Function> function = Optional.empty();

    StatementTyping(TypingContext context) {
        this.context = context;
        this.expressions = new ExpressionTyping(context, this);
        this.assignments = new AssignmentTyping(context, expressions);
    }

    /** The predicate and the body of the probe. */
    void probe() {
        context.program().probe().predicate().ifPresent(predicate -> {
            TraceType type = expressions.type(predicate);
            expressions.choices().checkCondition(predicate, type);
        });
        block(context.program().probe().body());
    }

    /** The body of a function, and what it gives back. */
    void function(TypedFunction typed) {
        Script.Function checked = typed.function();
        function = Optional.of(checked);
        for (Script.Parameter parameter : checked.parameters()) {
            assignments.declare(parameter.variable(), ExpressionTyping.NOTHING);
        }
        // Once more, as the type of one parameter may be that of another.
        for (int round = 0; round < 2; round++) {
            for (Script.Parameter parameter : checked.parameters()) {
                TraceType type = expressions.typeNames().resolve(parameter.type());
                assignments.declare(parameter.variable(), type);
            }
        }
        block(checked.body());
    }

    private void block(Statement.Block block) {
        context.scopes().enter(false);
        block.statements().forEach(this::statement);
        context.scopes().leave();
    }

    /** {@code { statements; value }}. */
    TraceType blockValue(Expression.BlockExpression block) {
        context.scopes().enter(false);
        block.statements().forEach(this::statement);
        TraceType type = expressions.type(block.result());
        context.scopes().leave();
        return type;
    }

    private void statement(Statement statement) {
        switch (statement) {
            case Statement.Block block -> block(block);
            case Statement.Evaluate evaluate -> evaluate(evaluate.expression());
            case Statement.Discard discard -> expressions.type(discard.expression());
            case Statement.Assign assign -> assignments.assign(assign);
            case Statement.Let let -> assignments.let(let);
            case Statement.If choice -> choice(choice);
            case Statement.While loop -> {
                expressions.choices().checkCondition(loop.condition(), expressions.type(loop.condition()));
                loop(loop.body());
            }
            case Statement.Import imported ->
                context.report()
                        .error(
                                imported.span(),
                                "Import statements that are not at the top level are for the standard library",
                                "import it at the top of the script, before all probes");
            case Statement.ForMap loop -> forMap(loop);
            case Statement.ForRange loop -> forRange(loop);
            case Statement.Unroll loop -> unroll(loop);
            case Statement.Break jump -> checkInLoop(jump, "break");
            case Statement.Continue jump -> checkInLoop(jump, "continue");
            case Statement.Return exit -> {
                if (function.isPresent()) {
                    result(exit, function.get());
                } else {
                    exit.value().ifPresent(value -> result(exit, value));
                }
            }
        }
    }

    private void evaluate(Expression expression) {
        TraceType type = expressions.type(expression);
        if (!(type instanceof TraceType.Nothing) && !Effects.hasEffect(expression)) {
            context.report().warning(expression.span(), "Return value discarded.");
        }
    }

    private void result(Statement.Return exit, Script.Function of) {
        TraceType wanted = expressions.typeNames().resolve(of.result());
        TraceType given = exit.value().map(expressions::type).orElse(ExpressionTyping.NOTHING);
        boolean fits = wanted instanceof TraceType.Nothing
                ? exit.value().isEmpty()
                : exit.value().isPresent()
                        && (Promotion.join(wanted, given).equals(Optional.of(wanted))
                                || AssignmentTyping.holds(
                                        wanted,
                                        context.program().constant(exit.value().get())));
        if (!fits) {
            context.report()
                    .error(
                            exit.span(),
                            "Function " + of.name() + " is of type "
                                    + of.result().span().text()
                                    + ", cannot return "
                                    + (exit.value().isEmpty() ? "void" : TypeText.of(given)));
        }
    }

    private void result(Statement.Return exit, Expression value) {
        TraceType type = expressions.type(value);
        if (!BinaryTyping.isNumber(type) && !context.isUnknown(value)) {
            context.report()
                    .error(exit.span(), "Probe return values can only be integers. Found " + context.kindOf(value));
        }
    }

    private void choice(Statement.If choice) {
        expressions.choices().checkCondition(choice.condition(), expressions.type(choice.condition()));
        OptionalLong known = choice.compileTime()
                ? compileTime(choice.condition())
                : expressions.choices().known(choice.condition());
        if (known.orElse(1) != 0) {
            block(choice.whenTrue());
        }
        if (known.orElse(0) == 0) {
            choice.whenFalse().ifPresent(this::block);
        }
    }

    private OptionalLong compileTime(Expression condition) {
        OptionalLong known = context.program().constant(condition);
        if (known.isEmpty()) {
            context.report().error(condition.span(), "Unable to resolve comptime expression.");
        }
        return known;
    }

    private void loop(Statement.Block body) {
        context.scopes().enterLoop();
        block(body);
        context.scopes().leaveLoop();
    }

    private void checkInLoop(Statement jump, String word) {
        if (!context.scopes().isInLoop()) {
            context.report().error(jump.span(), "'" + word + "' statement is not allowed in a probe, but in a loop");
        }
    }

    private void forMap(Statement.ForMap loop) {
        if (!(loop.map() instanceof Expression.MapName map)) {
            context.report().error(loop.map().span(), "Loop expression must be a map or a range");
            return;
        }
        if (!context.maps().isDefined(map.name())) {
            context.report().error(map.span(), "Undefined map: @" + map.name());
        } else if (!context.maps().isKeyed(map.name()).orElse(false)) {
            context.report()
                    .error(
                            map.span(),
                            "@" + map.name() + " has no explicit keys (scalar map), and cannot be used for iteration");
        }
        TraceType key = context.maps().key(map.name());
        TraceType value = context.maps().value(map.name());
        if (ExpressionTyping.isManyValued(value)) {
            context.report().error(map.span(), "Loop expression does not support type: " + TypeText.of(value));
        }
        boolean known = !(key instanceof TraceType.Nothing) && !(value instanceof TraceType.Nothing);
        TraceType pair = known
                ? TraceType.Tuple.of(List.of(
                        new TraceType.Named(Optional.empty(), key),
                        new TraceType.Named(Optional.empty(), value.asNumber())))
                : ExpressionTyping.NOTHING;
        checkShadow(loop.element());
        context.scopes().enter(true);
        assignments.declare(loop.element(), pair);
        loop(loop.body());
        context.scopes().leave();
    }

    private void forRange(Statement.ForRange loop) {
        TraceType start = expressions.type(loop.start());
        TraceType end = expressions.type(loop.end());
        checkBound(loop.start(), start, "start");
        checkBound(loop.end(), end, "end");
        checkShadow(loop.counter());
        context.scopes().enter(false);
        TraceType counter = Promotion.join(start, end).orElse(ExpressionTyping.I64);
        assignments.declare(loop.counter(), counter);
        loop(loop.body());
        context.scopes().leave();
    }

    private void checkShadow(Expression.Variable variable) {
        if (context.scopes().visible(variable.name()).isPresent()) {
            context.report().error(variable.span(), "Loop declaration shadows existing variable: $" + variable.name());
        }
    }

    private void checkBound(Expression bound, TraceType type, String which) {
        if (!ExpressionTyping.isInteger(type) && !(type instanceof TraceType.Nothing)) {
            context.report().error(bound.span(), "Loop range requires an integer for the " + which + " value");
        }
    }

    private void unroll(Statement.Unroll loop) {
        expressions.type(loop.count());
        long count = Constants.number(loop.count()).orElse(-1);
        if (count < 1) {
            context.report().error(loop.span(), "unroll minimum value is 1");
        } else if (count > 100) {
            context.report().error(loop.span(), "unroll maximum value is 100");
        }
        context.scopes().enterUnrolled();
        block(loop.body());
        context.scopes().leaveUnrolled();
    }
}
