package dev.skep.trace.tree;

import dev.skep.trace.source.Span;
import java.util.List;
import java.util.Optional;

/**
 * Makes a tree from another. As it stands it makes the same; whoever extends it overrides what is to be different, and calls the
 * overridden method for the parts.
 */
public class Rewriter {
    /** For whoever extends it. */
    protected Rewriter() {}

    /** Where the new node is. */
    protected Span span(Span span) {
        return span;
    }

    /** Of what stands at the outermost level. */
    public Script.Item item(Script.Item item) {
        return switch (item) {
            case Script.Interpreter one -> new Script.Interpreter(span(one.span()));
            case Script.Directive one -> new Script.Directive(span(one.span()));
            case Script.Definition one -> new Script.Definition(span(one.span()));
            case Script.Import one -> new Script.Import(span(one.span()), one.path());
            case Script.Config one ->
                new Script.Config(
                        span(one.span()),
                        one.settings().stream().map(this::setting).toList());
            case Script.MapDeclaration one ->
                new Script.MapDeclaration(
                        span(one.span()),
                        mapName(one.map()),
                        one.type(),
                        span(one.typeSpan()),
                        expression(one.entries()));
            case Script.Macro one ->
                new Script.Macro(
                        span(one.span()),
                        one.name(),
                        one.parameters().stream().map(this::parameter).toList(),
                        statements(one.body()),
                        one.result().map(this::expression));
            case Script.Function one ->
                new Script.Function(
                        span(one.span()),
                        one.name(),
                        one.parameters().stream().map(this::parameter).toList(),
                        type(one.result()),
                        block(one.body()));
            case Script.Probe one ->
                new Script.Probe(
                        span(one.span()),
                        one.attachPoints().stream().map(this::attachPoint).toList(),
                        one.predicate().map(this::expression),
                        block(one.body()));
        };
    }

    /** Of a parameter of a macro: only its place is another. */
    private Expression parameter(Expression parameter) {
        return switch (parameter) {
            case Expression.Variable one -> variable(one);
            case Expression.MapName one -> mapName(one);
            case Expression.Identifier one -> new Expression.Identifier(span(one.span()), one.name());
            default -> parameter;
        };
    }

    private Script.Parameter parameter(Script.Parameter one) {
        return new Script.Parameter(span(one.span()), variable(one.variable()), type(one.type()));
    }

    /** Of an attach point. */
    protected Script.AttachPoint attachPoint(Script.AttachPoint one) {
        return new Script.AttachPoint(
                span(one.span()),
                one.name(),
                one.parts().stream()
                        .map(part -> new Script.AttachPart(span(part.span()), part.pieces()))
                        .toList());
    }

    private Script.Setting setting(Script.Setting one) {
        return new Script.Setting(span(one.span()), one.name(), span(one.nameSpan()), expression(one.value()));
    }

    /** Of a statement. */
    public Statement statement(Statement statement) {
        Span span = span(statement.span());
        return switch (statement) {
            case Statement.Block one -> new Statement.Block(span, statements(one.statements()));
            case Statement.Evaluate one -> new Statement.Evaluate(span, expression(one.expression()));
            case Statement.Discard one -> new Statement.Discard(span, expression(one.expression()));
            case Statement.Assign one ->
                new Statement.Assign(span, expression(one.target()), one.operator(), expression(one.value()));
            case Statement.Let one ->
                new Statement.Let(
                        span,
                        variable(one.variable()),
                        one.type().map(this::type),
                        one.value().map(this::expression));
            case Statement.If one ->
                new Statement.If(
                        span,
                        one.compileTime(),
                        expression(one.condition()),
                        block(one.whenTrue()),
                        one.whenFalse().map(this::block));
            case Statement.While one -> new Statement.While(span, expression(one.condition()), block(one.body()));
            case Statement.ForMap one ->
                new Statement.ForMap(span, variable(one.element()), expression(one.map()), block(one.body()));
            case Statement.ForRange one ->
                new Statement.ForRange(
                        span,
                        variable(one.counter()),
                        expression(one.start()),
                        expression(one.end()),
                        block(one.body()));
            case Statement.Unroll one -> new Statement.Unroll(span, expression(one.count()), block(one.body()));
            case Statement.Import one -> new Statement.Import(span, one.path());
            case Statement.Break ignored -> new Statement.Break(span);
            case Statement.Continue ignored -> new Statement.Continue(span);
            case Statement.Return one -> new Statement.Return(span, one.value().map(this::expression));
        };
    }

    /** Of an expression. */
    public Expression expression(Expression expression) {
        Span span = span(expression.span());
        return switch (expression) {
            case Expression.IntegerLiteral one -> new Expression.IntegerLiteral(span, one.value(), one.unsigned());
            case Expression.StringLiteral one -> new Expression.StringLiteral(span, one.value());
            case Expression.BooleanLiteral one -> new Expression.BooleanLiteral(span, one.value());
            case Expression.Identifier one -> new Expression.Identifier(span, one.name());
            case Expression.PositionalParameter one -> new Expression.PositionalParameter(span, one.number());
            case Expression.ParameterCount ignored -> new Expression.ParameterCount(span);
            case Expression.Variable one -> variable(one);
            case Expression.MapName one -> mapName(one);
            case Expression.MapElement one ->
                new Expression.MapElement(span, mapName(one.map()), expression(one.key()));
            case Expression.FieldAccess one ->
                new Expression.FieldAccess(span, expression(one.object()), one.field(), span(one.fieldSpan()));
            case Expression.TupleAccess one -> new Expression.TupleAccess(span, expression(one.tuple()), one.index());
            case Expression.Index one -> new Expression.Index(span, expression(one.array()), expression(one.index()));
            case Expression.Call one ->
                new Expression.Call(span, one.name(), span(one.nameSpan()), expressions(one.arguments()));
            case Expression.SizeOfType one -> new Expression.SizeOfType(span, type(one.type()));
            case Expression.SizeOf one -> new Expression.SizeOf(span, expression(one.expression()));
            case Expression.OffsetOfType one -> new Expression.OffsetOfType(span, type(one.type()), one.path());
            case Expression.OffsetOf one -> new Expression.OffsetOf(span, expression(one.expression()), one.path());
            case Expression.TypeInfo one -> new Expression.TypeInfo(span, type(one.type()));
            case Expression.Unary one -> new Expression.Unary(span, one.operator(), expression(one.operand()));
            case Expression.Step one -> new Expression.Step(span, expression(one.target()), one.by(), one.prefix());
            case Expression.Binary one ->
                new Expression.Binary(
                        span,
                        one.operator(),
                        span(one.operatorSpan()),
                        expression(one.left()),
                        expression(one.right()));
            case Expression.Conditional one ->
                new Expression.Conditional(
                        span, expression(one.condition()), expression(one.whenTrue()), expression(one.whenFalse()));
            case Expression.Cast one -> new Expression.Cast(span, type(one.type()), expression(one.operand()));
            case Expression.Tuple one -> new Expression.Tuple(span, expressions(one.elements()));
            case Expression.Record one ->
                new Expression.Record(
                        span, one.fields().stream().map(this::field).toList());
            case Expression.BlockExpression one ->
                new Expression.BlockExpression(span, statements(one.statements()), expression(one.result()));
            case Expression.IfExpression one ->
                new Expression.IfExpression(
                        span,
                        expression(one.condition()),
                        expression(one.whenTrue()),
                        one.whenFalse().map(this::expression));
            case Expression.CompileTime one -> new Expression.CompileTime(span, expression(one.expression()));
        };
    }

    private Expression.Field field(Expression.Field one) {
        return new Expression.Field(span(one.span()), one.name(), expression(one.value()));
    }

    /** Of a variable, wherever it stands. */
    protected Expression.Variable variable(Expression.Variable variable) {
        return new Expression.Variable(span(variable.span()), variable.name());
    }

    /** Of a map, wherever it stands. */
    protected Expression.MapName mapName(Expression.MapName map) {
        return new Expression.MapName(span(map.span()), map.name());
    }

    /** Of a type. */
    public TypeName type(TypeName type) {
        Span span = span(type.span());
        return switch (type) {
            case TypeName.Named one -> new TypeName.Named(span, one.keyword(), one.name());
            case TypeName.PointerTo one -> new TypeName.PointerTo(span, type(one.target()));
            case TypeName.ArrayOf one ->
                new TypeName.ArrayOf(span, type(one.element()), one.size().map(this::expression));
            case TypeName.TypeOf one -> new TypeName.TypeOf(span, expression(one.expression()));
        };
    }

    /** Of a block. */
    protected Statement.Block block(Statement.Block block) {
        return new Statement.Block(span(block.span()), statements(block.statements()));
    }

    /** Of several statements. */
    protected List<Statement> statements(List<Statement> statements) {
        return statements.stream().map(this::statement).toList();
    }

    private List<Expression> expressions(List<Expression> expressions) {
        return expressions.stream().map(this::expression).toList();
    }

    /** Of what may be absent. */
    protected Optional<Expression> expression(Optional<Expression> expression) {
        return expression.map(this::expression);
    }
}
