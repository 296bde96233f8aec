package dev.skep.trace.syntax;

import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.TypeName;
import dev.skep.trace.tree.UnaryOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Expressions in canonical form, with parentheses only where they are needed. Literals stay as they are written. */
final class ExpressionFormatter {
    /** What may be between two operands, from what needs parentheses everywhere to what never does. */
    private static final int ANY = 0;

    private static final int UNARY = 20;
    private static final int POSTFIX = 30;
    private static final int PRIMARY = 40;

    private final StatementFormatter statements;
    private final TypeText types = new TypeText(this);

    ExpressionFormatter(StatementFormatter statements) {
        this.statements = statements;
    }

    TypeText types() {
        return types;
    }

    /** Where any expression may stand. */
    String text(Expression expression) {
        return text(expression, ANY);
    }

    /** Where only an operand may stand, as in ranges. */
    String operand(Expression expression) {
        return text(expression, expression instanceof Expression.Unary ? UNARY : POSTFIX);
    }

    /** As a statement: what starts with a brace or {@code if} would be taken for a block. */
    String statement(Expression expression) {
        String text = text(expression);
        boolean isBlock =
                expression instanceof Expression.BlockExpression || expression instanceof Expression.IfExpression;
        return isBlock ? "(" + text + ")" : text;
    }

    /** Expressions with commas between. */
    String list(List<Expression> expressions) {
        return expressions.stream().map(this::text).collect(Collectors.joining(", "));
    }

    private String text(Expression expression, int needed) {
        String text = bare(expression);
        return strength(expression) < needed ? "(" + text + ")" : text;
    }

    private static int strength(Expression expression) {
        return switch (expression) {
            case Expression.Conditional ignored -> ANY;
            case Expression.BlockExpression ignored -> ANY;
            case Expression.IfExpression ignored -> ANY;
            case Expression.Binary binary -> binary.operator().precedence();
            case Expression.Unary ignored -> UNARY;
            case Expression.Cast ignored -> UNARY;
            case Expression.CompileTime ignored -> UNARY;
            case Expression.Step ignored -> UNARY;
            case Expression.FieldAccess ignored -> POSTFIX;
            case Expression.TupleAccess ignored -> POSTFIX;
            case Expression.Index ignored -> POSTFIX;
            default -> PRIMARY;
        };
    }

    private String bare(Expression expression) {
        return switch (expression) {
            case Expression.IntegerLiteral literal -> literal.span().text();
            case Expression.StringLiteral literal -> literal.span().text();
            case Expression.BooleanLiteral literal -> String.valueOf(literal.value());
            case Expression.Identifier identifier -> identifier.name();
            case Expression.PositionalParameter parameter -> parameter.span().text();
            case Expression.ParameterCount ignored -> "$#";
            case Expression.Variable variable -> "$" + variable.name();
            case Expression.MapName map -> "@" + map.name();
            case Expression.MapElement element -> "@" + element.map().name() + "[" + key(element.key()) + "]";
            case Expression.FieldAccess access -> text(access.object(), POSTFIX) + "." + access.field();
            case Expression.TupleAccess access -> text(access.tuple(), POSTFIX) + "." + access.index();
            case Expression.Index index -> text(index.array(), POSTFIX) + "[" + text(index.index()) + "]";
            case Expression.Call call -> call.name() + "(" + list(call.arguments()) + ")";
            case Expression.Tuple tuple -> tuple(tuple);
            case Expression.Record record ->
                record.fields().stream()
                        .map(field -> field.name() + "=" + text(field.value()))
                        .collect(Collectors.joining(", ", "(", ")"));
            case Expression.BlockExpression block -> statements.block(block);
            case Expression.IfExpression choice -> statements.choice(choice);
            default -> operation(expression);
        };
    }

    private String operation(Expression expression) {
        return switch (expression) {
            case Expression.SizeOfType size -> "sizeof(" + types.of(size.type()) + ")";
            case Expression.SizeOf size -> "sizeof(" + text(size.expression()) + ")";
            case Expression.OffsetOfType offset ->
                "offsetof(" + types.of(offset.type()) + ", " + String.join(".", offset.path()) + ")";
            case Expression.OffsetOf offset ->
                "offsetof(" + text(offset.expression()) + ", " + String.join(".", offset.path()) + ")";
            case Expression.TypeInfo info -> "typeinfo(" + typeOrValue(info.type()) + ")";
            case Expression.Unary unary -> unary(unary);
            case Expression.Step step -> step(step);
            case Expression.Binary binary -> binary(binary);
            case Expression.Conditional conditional ->
                text(conditional.condition(), ANY + 1)
                        + " ? " + text(conditional.whenTrue())
                        + " : " + text(conditional.whenFalse());
            case Expression.Cast cast -> cast(cast);
            case Expression.CompileTime compileTime -> "comptime " + text(compileTime.expression(), UNARY);
            default -> throw new IllegalStateException("no operation: " + expression);
        };
    }

    private String typeOrValue(TypeName type) {
        return type instanceof TypeName.TypeOf typeOf ? text(typeOf.expression()) : types.of(type);
    }

    /** Several keys are a tuple, which needs no parentheses of its own. */
    private String key(Expression key) {
        boolean isList =
                key instanceof Expression.Tuple tuple && tuple.elements().size() > 1;
        return isList ? list(((Expression.Tuple) key).elements()) : text(key);
    }

    private String tuple(Expression.Tuple tuple) {
        String elements = list(tuple.elements());
        return tuple.elements().size() == 1 ? "(" + elements + ",)" : "(" + elements + ")";
    }

    private String unary(Expression.Unary unary) {
        String operand = text(unary.operand(), UNARY);
        boolean wouldMerge = unary.operator() == UnaryOperator.NEGATE && operand.startsWith("-");
        return unary.operator().symbol() + (wouldMerge ? " " : "") + operand;
    }

    private String step(Expression.Step step) {
        String symbol = step.by() > 0 ? "++" : "--";
        String target = text(step.target());
        return step.prefix() ? symbol + target : target + symbol;
    }

    /** Chains of operators may be long: from left to right without recursion. */
    private String binary(Expression.Binary last) {
        List<Expression.Binary> chain = new ArrayList<>(List.of(last));
        while (chain.getLast().left() instanceof Expression.Binary left
                && left.operator().precedence() >= chain.getLast().operator().precedence()) {
            chain.add(left);
        }
        StringBuilder text = new StringBuilder(
                text(chain.getLast().left(), chain.getLast().operator().precedence()));
        for (Expression.Binary one : chain.reversed()) {
            text.append(' ').append(one.operator().symbol()).append(' ');
            text.append(text(one.right(), one.operator().precedence() + 1));
        }
        return text.toString();
    }

    /** Of a type whose name may be that of a value, what follows must not look like a second operand. */
    private String cast(Expression.Cast cast) {
        boolean unclear = cast.type() instanceof TypeName.Named named
                && named.keyword().isEmpty()
                && !TypeNameParser.isKnown(named.name())
                && cast.operand() instanceof Expression.Unary;
        return "(" + types.of(cast.type()) + ")" + text(cast.operand(), unclear ? POSTFIX : UNARY);
    }
}
