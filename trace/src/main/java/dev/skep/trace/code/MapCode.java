package dev.skep.trace.code;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.ir.Variable;
import dev.skep.object.program.HelperId;
import dev.skep.trace.check.Local;
import dev.skep.trace.check.MapShape;
import dev.skep.trace.source.Span;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Statement;
import dev.skep.trace.type.TraceType;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads and writes maps. */
final class MapCode {
    /** {@code BPF_ANY} of linux/bpf.h. */
    private static final Constant ANY = Emit.ZERO;

    private final Program program;
    private final ExpressionCode expressions;
    private final Emit emit;
    private final AggregationCode aggregations;

    MapCode(Program program, ExpressionCode expressions) {
        this.program = program;
        this.expressions = expressions;
        this.emit = program.emit();
        this.aggregations = new AggregationCode(program, expressions, this);
    }

    /** The address of a key, laid out as the map has it; index 0 for a map without keys. */
    Value key(MapShape shape, Optional<Expression> key) {
        if (key.isEmpty()) {
            Value index = emit.slot("index", 4);
            emit.store(index, 0, 4, Emit.ZERO);
            return index;
        }
        return key(shape, expressions.value(key.get()), program.type(key.get()));
    }

    private Value key(MapShape shape, Operand operand, TraceType type) {
        TraceType wanted = shape.key().orElseThrow();
        return program.inMemory(expressions.fit(operand, type, wanted), type, wanted, true);
    }

    /** The address of what is there, perhaps null. */
    Value find(MapShape shape, Value key) {
        return emit.lookup(Unit.objectName(shape.name()), key);
    }

    /** What is there; zeros if there is nothing. */
    Operand read(String name, Optional<Expression> key, Span span) {
        MapShape shape = program.unit().map(name);
        Value place = key(shape, key);
        if (Unit.isPerCpu(shape)) {
            return aggregations.read(shape, place);
        }
        Value found = find(shape, place);
        if (key.isPresent()) {
            expressions.failures().ifNotFound(found, span);
        }
        if (Shape.isScalar(shape.value())) {
            return new Operand.Scalar(numberOrZero(found, shape.value()));
        }
        Block absent = emit.newBlock("absent");
        Block present = emit.newBlock("present");
        emit.branchIfNull(found, absent, present);
        Value there = emit.meet(
                present,
                absent,
                () -> found,
                () -> program.unit().globals().zeros(emit, shape.value().size()));
        return new Operand.Memory(there, 0, Operand.Reach.DIRECT, true);
    }

    private Value numberOrZero(Value found, TraceType type) {
        return emit.choose(
                Comparison.EQUAL,
                found,
                Constant.nullPointer((Pointer) found.type()),
                () -> Emit.ZERO,
                () -> emit.load(found, 0, type.size(), Shape.isSigned(type)));
    }

    /** What all CPUs together have for a key. */
    Operand total(MapShape shape, Value place) {
        return aggregations.read(shape, place);
    }

    /** {@code @map[key] = value} and {@code @map[key] += value}. */
    void assign(Statement.Assign assign, String name, Optional<Expression> key) {
        MapShape shape = program.unit().map(name);
        if (assign.value() instanceof Expression.Call call && aggregations.isAggregation(call, shape)) {
            aggregations.update(shape, key(shape, key), call);
            return;
        }
        if (assign.operator().isPresent()) {
            Value operand = expressions.scalar(assign.value());
            Value place = key(shape, key);
            change(
                    shape,
                    place,
                    before -> expressions.statements().computed(assign, before, operand, shape.value()),
                    assign.span());
            return;
        }
        Operand value = expressions.value(assign.value());
        TraceType type = program.type(assign.value());
        put(shape, key(shape, key), expressions.fit(value, type, shape.value()), type, assign.span());
    }

    /** Puts a value there: in place if the map has no keys. */
    private void put(MapShape shape, Value place, Operand value, TraceType type, Span span) {
        if (shape.key().isEmpty()) {
            Value found = find(shape, place);
            emit.ifPresent(found, () -> {
                program.storage().write(value, type, shape.value(), found, 0, true);
                markPresent(shape, found, Emit.ONE);
            });
            return;
        }
        Value copy = program.memory("value", shape.value().size());
        program.storage().write(value, type, shape.value(), copy, 0, true);
        update(shape, place, copy, span);
    }

    /** Notes in a map without keys whether there is a value. @param mark 1 or 0 */
    void markPresent(MapShape shape, Value found, Value mark) {
        Unit.presence(shape).ifPresent(offset -> emit.store(found, offset, 1, mark));
    }

    void update(MapShape shape, Value place, Value copy, Span span) {
        Value result = emit.call(HelperId.MAP_UPDATE_ELEM, emit.map(Unit.objectName(shape.name())), place, copy, ANY);
        expressions.failures().ifNotUpdated(result, span);
    }

    /** A number before and after it was changed. */
    private record Change(Value before, Value after) {}

    /** Changes a number in place; where there is none yet, what comes of 0 is put there. */
    private Change change(MapShape shape, Value place, UnaryOperator<Value> change, Span span) {
        int size = shape.value().size();
        boolean signed = Shape.isSigned(shape.value());
        Variable before = new Variable("before", Int.I64);
        Variable after = new Variable("after", Int.I64);
        Block present = emit.newBlock("present");
        Block absent = emit.newBlock("absent");
        Block end = emit.newBlock("changed");
        Value found = find(shape, place);
        emit.branchIfNull(found, absent, present);
        emit.continueIn(present);
        Value old = emit.load(found, 0, size, signed);
        Value changed = change.apply(old);
        emit.store(found, 0, size, changed);
        markPresent(shape, found, Emit.ONE);
        emit.builder().write(before, old);
        emit.builder().write(after, changed);
        emit.jump(end);
        emit.continueIn(absent);
        Value first = change.apply(Emit.ZERO);
        if (shape.key().isPresent()) {
            Value copy = emit.slot("first", 8);
            emit.store(copy, 0, size, first);
            update(shape, place, copy, span);
        }
        emit.builder().write(before, Emit.ZERO);
        emit.builder().write(after, first);
        emit.jump(end);
        emit.continueIn(end);
        return new Change(emit.builder().read(before), emit.builder().read(after));
    }

    /** {@code @map[key]++}. */
    Operand step(Expression.Step step, long by) {
        String name;
        Optional<Expression> key;
        switch (step.target()) {
            case Expression.MapName map -> {
                name = map.name();
                key = Optional.empty();
            }
            case Expression.MapElement element -> {
                name = element.map().name();
                key = Optional.of(element.key());
            }
            default -> throw new Unsupported(step.span());
        }
        MapShape shape = program.unit().map(name);
        Change change = change(shape, key(shape, key), before -> emit.plus(before, by), step.span());
        return new Operand.Scalar(step.prefix() ? change.after() : change.before());
    }

    /** {@code delete}: 1 if there was something. */
    Operand delete(String name, Optional<Expression> key, Span span) {
        MapShape shape = program.unit().map(name);
        Value place = key(shape, key);
        if (shape.key().isEmpty()) {
            clear(shape, place);
            return new Operand.Scalar(Emit.ONE);
        }
        Value result = emit.call(HelperId.MAP_DELETE_ELEM, emit.map(Unit.objectName(name)), place);
        expressions.failures().ifNotDeleted(result, span);
        return new Operand.Scalar(emit.compare(Comparison.EQUAL, result, Emit.ZERO));
    }

    private void clear(MapShape shape, Value place) {
        Value found = find(shape, place);
        emit.ifPresent(found, () -> {
            program.storage().zero(found, 0, shape.value().size());
            markPresent(shape, found, Emit.ZERO);
        });
    }

    /** {@code has_key}: 1 if there is something. */
    Operand hasKey(String name, Expression key) {
        MapShape shape = program.unit().map(name);
        Value found = find(shape, key(shape, Optional.of(key)));
        return new Operand.Scalar(
                emit.compare(Comparison.NOT_EQUAL, found, Constant.nullPointer((Pointer) found.type())));
    }

    /** {@code find}: 1 if there is something, which the variable becomes then. */
    Operand find(String name, Expression key, Local local) {
        MapShape shape = program.unit().map(name);
        Value place = key(shape, Optional.of(key));
        Value found = find(shape, place);
        Block present = emit.newBlock("present");
        Block absent = emit.newBlock("absent");
        emit.branchIfNull(found, absent, present);
        return new Operand.Scalar(emit.meet(
                present,
                absent,
                () -> {
                    boolean counted = Unit.isPerCpu(shape);
                    Operand value = counted
                            ? aggregations.read(shape, place)
                            : program.storage().read(shape.value(), new Operand.Memory(found, 0, Operand.Reach.DIRECT));
                    expressions.locals().write(local, value, counted ? local.type() : shape.value());
                    return Emit.ONE;
                },
                () -> Emit.ZERO));
    }
}
