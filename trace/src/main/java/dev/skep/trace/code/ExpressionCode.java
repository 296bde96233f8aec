package dev.skep.trace.code;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Value;
import dev.skep.trace.check.Constants;
import dev.skep.trace.check.TypedProgram;
import dev.skep.trace.source.Span;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.type.TraceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes code of expressions. */
final class ExpressionCode {
    private final Program program;
    private final Emit emit;
    private final LocalCode locals;
    private final MapCode maps;
    private final MemoryCode memory;
    private final BuiltinCode builtins;
    private final ConditionCode conditions;
    private final CallCode calls;
    private final StatementCode statements;
    private final FailureCode failures;
    private final ReadWatch reads;

    ExpressionCode(Program program) {
        this.program = program;
        this.emit = program.emit();
        this.locals = new LocalCode(program);
        this.builtins = new BuiltinCode(program);
        this.maps = new MapCode(program, this);
        this.memory = new MemoryCode(program, this);
        this.conditions = new ConditionCode(program, this);
        this.statements = new StatementCode(program, this);
        this.calls = new CallCode(program, this);
        this.failures = new FailureCode(program);
        this.reads = new ReadWatch(failures);
        if (program.unit().tellsFailures()) {
            emit.watchReads(reads);
        }
    }

    StatementCode statements() {
        return statements;
    }

    FailureCode failures() {
        return failures;
    }

    /** Who tells what cannot be read. */
    ReadWatch reads() {
        return reads;
    }

    LocalCode locals() {
        return locals;
    }

    MapCode maps() {
        return maps;
    }

    MemoryCode memory() {
        return memory;
    }

    BuiltinCode builtins() {
        return builtins;
    }

    /** Goes on in one block if the expression is true, in another if it is not. */
    void condition(Expression expression, Block taken, Block otherwise) {
        conditions.branch(expression, taken, otherwise);
    }

    /** The value as a number of 64 bits. */
    Value scalar(Expression expression) {
        Operand operand = value(expression);
        return scalar(operand, program.type(expression));
    }

    /** A value as a number of 64 bits. */
    Value scalar(Operand operand, TraceType type) {
        return switch (operand) {
            case Operand.Scalar(Value value) -> value;
            case Operand.Memory found when type instanceof TraceType.Structure -> emit.number(address(found));
            case Operand.Memory found ->
                program.storage().number(found, Math.min(8, Integer.highestOneBit(type.size())), Shape.isSigned(type));
            case Operand.Fields(List<Operand.Field> fields) -> fields.getFirst().value();
            case Operand.Literal literal -> Constant.of(literal.text().isEmpty() ? 0L : 1L);
            case Operand.Parts parts -> Emit.ZERO;
        };
    }

    /** A value as it is written where the type is {@code wanted}: as a number if that is one. */
    Operand fit(Operand operand, TraceType type, TraceType wanted) {
        return operand instanceof Operand.Scalar || !Shape.isScalar(wanted)
                ? operand
                : new Operand.Scalar(scalar(operand, type));
    }

    /** Where a value in memory is. */
    Value address(Operand.Memory found) {
        return emit.offset(found.address(), found.offset());
    }

    /** The value. */
    Operand value(Expression expression) {
        Optional<Span> around = reads.enter(expression.span());
        Operand operand = made(expression);
        reads.leave(around);
        return operand;
    }

    private Operand made(Expression expression) {
        OptionalLong constant = program.typed().constant(expression);
        if (constant.isPresent()) {
            return new Operand.Scalar(Constant.of(constant.getAsLong()));
        }
        return switch (expression) {
            case Expression.StringLiteral literal -> new Operand.Literal(literal.value());
            case Expression.Binary binary
            when Constants.text(binary).isPresent() ->
                new Operand.Literal(Constants.text(binary).get());
            case Expression.Identifier identifier -> builtins.value(identifier, identifier.name());
            case Expression.Variable variable -> locals.read(program.typed().local(variable));
            case Expression.MapName map -> maps.read(map.name(), Optional.empty(), map.span());
            case Expression.MapElement element ->
                maps.read(element.map().name(), Optional.of(element.key()), element.span());
            case Expression.FieldAccess access -> memory.field(access);
            case Expression.TupleAccess access -> memory.element(access.tuple(), access.index());
            case Expression.Index index -> memory.index(index);
            case Expression.Call call -> calls.value(call);
            case Expression.Unary unary -> unary(unary);
            case Expression.Step step -> step(step);
            case Expression.Binary binary -> binary(binary);
            case Expression.Conditional choice ->
                choice(choice, choice.condition(), choice.whenTrue(), choice.whenFalse());
            case Expression.IfExpression choice -> ifValue(choice);
            case Expression.Cast cast -> memory.cast(cast);
            case Expression.Tuple tuple -> parts(tuple.elements());
            case Expression.Record record ->
                parts(record.fields().stream().map(Expression.Field::value).toList());
            case Expression.BlockExpression block -> {
                block.statements().forEach(statements::statement);
                yield value(block.result());
            }
            case Expression.TypeInfo info -> information(info);
            case Expression.CompileTime compileTime -> value(compileTime.expression());
            default -> throw new Unsupported(expression.span());
        };
    }

    private Operand parts(List<Expression> elements) {
        List<Operand> operands = new ArrayList<>();
        for (Expression element : elements) {
            operands.add(value(element));
        }
        return new Operand.Parts(operands);
    }

    private Operand unary(Expression.Unary unary) {
        return switch (unary.operator()) {
            case NOT -> truth(unary);
            case COMPLEMENT ->
                ofSameWidth(unary, emit.binary(BinaryOperator.XOR, scalar(unary.operand()), Constant.of(-1L)));
            case NEGATE -> ofSameWidth(unary, emit.add(new Operation.Negate(scalar(unary.operand()))));
            case DEREFERENCE -> memory.dereference(unary);
            case ADDRESS_OF -> memory.addressOf(unary);
        };
    }

    /** Numbers without a sign have as many bits afterwards as before. */
    private Operand ofSameWidth(Expression.Unary unary, Value value) {
        TraceType type = program.type(unary.operand());
        boolean cut = type instanceof TraceType.Number && !Shape.isSigned(type) && type.size() < Long.BYTES;
        return new Operand.Scalar(cut ? emit.extend(value, type.size(), false) : value);
    }

    /** A condition as 1 or 0. */
    private Operand truth(Expression expression) {
        Block taken = emit.newBlock("true");
        Block otherwise = emit.newBlock("false");
        condition(expression, taken, otherwise);
        return new Operand.Scalar(emit.meet(taken, otherwise, () -> Emit.ONE, () -> Emit.ZERO));
    }

    private Operand binary(Expression.Binary binary) {
        boolean isTruth = program.type(binary) instanceof TraceType.Truth;
        if (isTruth && binary.operator().makesTruth()) {
            return conditions.isPlainComparison(binary) ? conditions.compare(binary) : truth(binary);
        }
        Value left = scalar(binary.left());
        Value right = scalar(binary.right());
        TraceType leftType = program.type(binary.left());
        TraceType rightType = program.type(binary.right());
        if (leftType instanceof TraceType.Pointer pointer) {
            right = scaled(right, pointer);
        } else if (rightType instanceof TraceType.Pointer pointer) {
            left = scaled(left, pointer);
        }
        Value result = arithmetic(binary.operator(), left, right, binary.span());
        return new Operand.Scalar(
                isTruth
                        ? emit.choose(Comparison.NOT_EQUAL, result, Emit.ZERO, () -> Emit.ONE, () -> Emit.ZERO)
                        : result);
    }

    /** A sum, a quotient and the like. */
    Value arithmetic(dev.skep.trace.tree.BinaryOperator operator, Value left, Value right, Span place) {
        BinaryOperator computing = Arithmetic.operator(operator);
        return operator.divides()
                ? failures.divided(computing, left, right, place)
                : emit.binary(computing, left, right);
    }

    /** So many elements of what a pointer leads to, in bytes. */
    Value scaled(Value count, TraceType.Pointer pointer) {
        int size = Math.max(1, pointer.target().size());
        return size == 1 ? count : emit.binary(BinaryOperator.MULTIPLY, count, Constant.of((long) size));
    }

    private Operand choice(Expression whole, Expression condition, Expression whenTrue, Expression whenFalse) {
        OptionalLong known = program.typed().constant(condition);
        if (known.isPresent()) {
            return value(known.getAsLong() != 0 ? whenTrue : whenFalse);
        }
        TraceType type = program.type(whole);
        Block taken = emit.newBlock("true");
        Block otherwise = emit.newBlock("false");
        condition(condition, taken, otherwise);
        if (type instanceof TraceType.Nothing || Shape.isScalar(type)) {
            boolean isValue = Shape.isScalar(type);
            return new Operand.Scalar(
                    emit.meet(taken, otherwise, () -> scalarOf(whenTrue, isValue), () -> scalarOf(whenFalse, isValue)));
        }
        Value place = program.memory("choice", type.size());
        Block join = emit.newBlock("chosen");
        emit.continueIn(taken);
        program.storage().write(value(whenTrue), program.type(whenTrue), type, place, 0, true);
        emit.jump(join);
        emit.continueIn(otherwise);
        program.storage().write(value(whenFalse), program.type(whenFalse), type, place, 0, true);
        emit.jump(join);
        emit.continueIn(join);
        return new Operand.Memory(place, 0, Operand.Reach.DIRECT);
    }

    private Value scalarOf(Expression expression, boolean isValue) {
        Operand operand = value(expression);
        return isValue ? scalar(operand, program.type(expression)) : Emit.ZERO;
    }

    private Operand ifValue(Expression.IfExpression choice) {
        if (choice.whenFalse().isPresent()) {
            return choice(
                    choice,
                    choice.condition(),
                    choice.whenTrue(),
                    choice.whenFalse().get());
        }
        Block taken = emit.newBlock("true");
        Block join = emit.newBlock("joined");
        condition(choice.condition(), taken, join);
        emit.continueIn(taken);
        value(choice.whenTrue());
        emit.jump(join);
        emit.continueIn(join);
        return Operand.NONE;
    }

    private Operand information(Expression.TypeInfo info) {
        TypedProgram.Information known = program.typed().information(info);
        return new Operand.Parts(List.of(
                new Operand.Scalar(Constant.of(known.id())),
                new Operand.Literal(known.kind()),
                new Operand.Literal(known.name())));
    }

    private Operand step(Expression.Step step) {
        TraceType type = program.type(step.target());
        long by = type instanceof TraceType.Pointer pointer
                ? (long) step.by() * Math.max(1, pointer.target().size())
                : step.by();
        if (step.target() instanceof Expression.Variable variable) {
            Value before = scalar(variable);
            Value after = emit.plus(before, by);
            locals.write(program.typed().local(variable), new Operand.Scalar(after), type);
            return new Operand.Scalar(step.prefix() ? after : before);
        }
        return maps.step(step, by);
    }

    /** Compares two numbers the way the script means it. */
    Comparison comparison(Expression.Binary binary) {
        return Arithmetic.comparison(binary.operator(), conditions.isSigned(binary.left(), binary.right()));
    }
}
