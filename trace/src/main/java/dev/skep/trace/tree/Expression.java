package dev.skep.trace.tree;

import dev.skep.trace.source.Span;
import java.util.List;
import java.util.Optional;

/** What has a value. Two expressions at different places are different, as their spans are. */
public sealed interface Expression {
    /** Where it is written. */
    Span span();

    /** A number. @param value its 64 bits @param unsigned true if it is above {@link Long#MAX_VALUE} or has the suffix {@code U} */
    record IntegerLiteral(Span span, long value, boolean unsigned) implements Expression {}

    /** A text, its escapes replaced. Each character is a byte (0 to 255), as the kernel sees it. */
    record StringLiteral(Span span, String value) implements Expression {}

    /** {@code true} or {@code false}. */
    record BooleanLiteral(Span span, boolean value) implements Expression {}

    /** A bare word: a builtin ({@code pid}), a constant of an enumeration or of {@code #define}, a macro without arguments. */
    record Identifier(Span span, String name) implements Expression {}

    /** {@code $1}, {@code $2}: an argument of the command line. @param number from 1 */
    record PositionalParameter(Span span, int number) implements Expression {}

    /** {@code $#}: how many arguments the command line has. */
    record ParameterCount(Span span) implements Expression {}

    /** {@code $name}. @param name without the dollar sign */
    record Variable(Span span, String name) implements Expression {}

    /** {@code @name} alone: a map without keys, or all of a map as an argument. @param name without the at sign, maybe empty */
    record MapName(Span span, String name) implements Expression {}

    /** {@code @name[key]}. @param key a {@link Tuple} where several are written */
    record MapElement(Span span, MapName map, Expression key) implements Expression {}

    /** {@code object.field}, {@code pointer->field}. */
    record FieldAccess(Span span, Expression object, String field, Span fieldSpan) implements Expression {}

    /** {@code tuple.0}. @param index from 0 */
    record TupleAccess(Span span, Expression tuple, int index) implements Expression {}

    /** {@code array[index]}, also of pointers and tuples. */
    record Index(Span span, Expression array, Expression index) implements Expression {}

    /** {@code name(arguments)}: a function, a builtin in the form of a call, or a macro. */
    record Call(Span span, String name, Span nameSpan, List<Expression> arguments) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** {@code sizeof(type)}. */
    record SizeOfType(Span span, TypeName type) implements Expression {}

    /** {@code sizeof(expression)}, which is not evaluated. */
    record SizeOf(Span span, Expression expression) implements Expression {}

    /** {@code offsetof(type, field.field)}. */
    record OffsetOfType(Span span, TypeName type, List<String> path) implements Expression {
        public OffsetOfType {
            path = List.copyOf(path);
        }
    }

    /** {@code offsetof(expression, field.field)}; the expression is not evaluated. */
    record OffsetOf(Span span, Expression expression, List<String> path) implements Expression {
        public OffsetOf {
            path = List.copyOf(path);
        }
    }

    /** {@code typeinfo(expression)} or {@code typeinfo(type)}: what the compiler knows of a type, as a tuple. */
    record TypeInfo(Span span, TypeName type) implements Expression {}

    /** {@code operator operand}. */
    record Unary(Span span, UnaryOperator operator, Expression operand) implements Expression {}

    /** {@code ++target}, {@code target--}. @param by 1 or -1 @param prefix true if the value is the new one */
    record Step(Span span, Expression target, int by, boolean prefix) implements Expression {}

    /** {@code left operator right}. */
    record Binary(Span span, BinaryOperator operator, Span operatorSpan, Expression left, Expression right)
            implements Expression {}

    /** {@code condition ? whenTrue : whenFalse}. */
    record Conditional(Span span, Expression condition, Expression whenTrue, Expression whenFalse)
            implements Expression {}

    /** {@code (type)operand}. */
    record Cast(Span span, TypeName type, Expression operand) implements Expression {}

    /** {@code (a, b)}, {@code (a,)}, {@code ()}. */
    record Tuple(Span span, List<Expression> elements) implements Expression {
        public Tuple {
            elements = List.copyOf(elements);
        }
    }

    /** {@code (x=1, y=2)}: a tuple whose elements have names. */
    record Record(Span span, List<Field> fields) implements Expression {
        public Record {
            fields = List.copyOf(fields);
        }
    }

    /** An element of a {@link Record}. */
    record Field(Span span, String name, Expression value) {}

    /** {@code { statements; result }}. */
    record BlockExpression(Span span, List<Statement> statements, Expression result) implements Expression {
        public BlockExpression {
            statements = List.copyOf(statements);
        }
    }

    /** {@code if condition whenTrue else whenFalse} as a value, and {@code comptime}. */
    record IfExpression(Span span, Expression condition, Expression whenTrue, Optional<Expression> whenFalse)
            implements Expression {}

    /** {@code comptime expression}: evaluated by the compiler, or an error. */
    record CompileTime(Span span, Expression expression) implements Expression {}
}
