package dev.skep.trace.code;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.ir.Variable;
import dev.skep.trace.check.Constants;
import dev.skep.trace.check.Local;
import dev.skep.trace.source.Span;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Statement;
import dev.skep.trace.type.TraceType;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes code of statements. */
final class StatementCode {
    private final Program program;
    private final ExpressionCode expressions;
    private final Emit emit;

    StatementCode(Program program, ExpressionCode expressions) {
        this.program = program;
        this.expressions = expressions;
        this.emit = program.emit();
    }

    void block(Statement.Block block) {
        block.statements().forEach(this::statement);
    }

    void statement(Statement statement) {
        emit.builder().at(ProgramCode.position(statement.span()));
        switch (statement) {
            case Statement.Block block -> block(block);
            case Statement.Evaluate evaluate -> expressions.value(evaluate.expression());
            case Statement.Discard discard -> expressions.value(discard.expression());
            case Statement.Assign assign -> assign(assign);
            case Statement.Let let -> let(let);
            case Statement.If choice -> choice(choice);
            case Statement.While loop -> whileLoop(loop);
            case Statement.Import imported -> throw new Unsupported(imported.span());
            case Statement.ForMap loop -> MapLoopCode.loop(program, loop);
            case Statement.ForRange loop -> range(loop);
            case Statement.Unroll loop -> unroll(loop);
            case Statement.Break jump -> leave(program.exits().loop().end());
            case Statement.Continue jump -> leave(program.exits().loop().next());
            case Statement.Return exit -> {
                Optional<Value> result = exit.value().map(expressions::scalar);
                program.exits().end(emit, result.map(value -> narrow(value)).orElse(Constant.of(0)));
            }
        }
    }

    private Value narrow(Value value) {
        return value instanceof Constant constant
                ? Constant.of((int) constant.value())
                : emit.add(new Operation.Extend(Int.I32, false, value, Int.I32));
    }

    private void leave(Block target) {
        emit.jump(target);
        emit.continueIn(emit.newBlock("unreached"));
    }

    private void assign(Statement.Assign assign) {
        switch (assign.target()) {
            case Expression.Variable variable -> {
                Local local = program.typed().local(variable);
                if (assign.operator().isPresent()) {
                    Value before = expressions.scalar(variable);
                    Value after = computed(assign, before, expressions.scalar(assign.value()), local.type());
                    expressions.locals().write(local, new Operand.Scalar(after), local.type());
                } else {
                    write(local, assign.value());
                }
            }
            case Expression.MapName map -> expressions.maps().assign(assign, map.name(), Optional.empty());
            case Expression.MapElement element ->
                expressions.maps().assign(assign, element.map().name(), Optional.of(element.key()));
            default -> throw new Unsupported(assign.span());
        }
    }

    /** What {@code before operator= operand} is. */
    Value computed(Statement.Assign assign, Value before, Value operand, TraceType type) {
        Value right = type instanceof TraceType.Pointer pointer ? expressions.scaled(operand, pointer) : operand;
        return expressions.arithmetic(assign.operator().orElseThrow(), before, right, assign.span());
    }

    private void write(Local local, Expression value) {
        Operand operand = expressions.value(value);
        TraceType type = program.type(value);
        expressions.locals().write(local, expressions.fit(operand, type, local.type()), type);
    }

    private void let(Statement.Let let) {
        Local local = program.typed().local(let.variable());
        if (let.value().isPresent()) {
            write(local, let.value().get());
        } else if (!(local.type() instanceof TraceType.Nothing)) {
            expressions.locals().clear(local);
        }
    }

    private void choice(Statement.If choice) {
        OptionalLong known = program.typed().constant(choice.condition());
        if (known.isPresent()) {
            Optional<Statement.Block> live =
                    known.getAsLong() != 0 ? Optional.of(choice.whenTrue()) : choice.whenFalse();
            live.ifPresent(this::block);
            return;
        }
        Block taken = emit.newBlock("then");
        Block join = emit.newBlock("joined");
        Block otherwise = choice.whenFalse().isPresent() ? emit.newBlock("else") : join;
        expressions.condition(choice.condition(), taken, otherwise);
        emit.continueIn(taken);
        block(choice.whenTrue());
        emit.jump(join);
        if (choice.whenFalse().isPresent()) {
            emit.continueIn(otherwise);
            block(choice.whenFalse().get());
            emit.jump(join);
        }
        emit.continueIn(join);
    }

    private void whileLoop(Statement.While loop) {
        Block head = emit.newBlock("while");
        Block body = emit.newBlock("body");
        Block cut = emit.newBlock("cut");
        Block end = emit.newBlock("end");
        emit.jump(head);
        emit.builder().at(head);
        emit.limit(cut);
        expressions.condition(loop.condition(), body, end);
        emit.continueIn(body);
        program.exits().enter(head, end);
        block(loop.body());
        program.exits().leave();
        emit.jump(head);
        emit.builder().seal(head);
        cut(cut, loop.span(), end);
    }

    private void range(Statement.ForRange loop) {
        Value start = expressions.scalar(loop.start());
        Value limit = expressions.scalar(loop.end());
        Local counter = program.typed().local(loop.counter());
        Variable index = new Variable("counter", Int.I64);
        emit.builder().write(index, start);
        Block head = emit.newBlock("for");
        Block body = emit.newBlock("body");
        Block next = emit.newBlock("next");
        Block cut = emit.newBlock("cut");
        Block end = emit.newBlock("end");
        emit.jump(head);
        emit.builder().at(head);
        emit.limit(cut);
        Value at = emit.builder().read(index);
        emit.branch(Comparison.SIGNED_LESS, at, limit, body, end);
        emit.continueIn(body);
        expressions.locals().write(counter, new Operand.Scalar(at), counter.type());
        program.exits().enter(next, end);
        block(loop.body());
        program.exits().leave();
        emit.jump(next);
        emit.continueIn(next);
        emit.builder().write(index, emit.plus(emit.builder().read(index), 1));
        emit.jump(head);
        emit.builder().seal(head);
        cut(cut, loop.span(), end);
    }

    /** Where a loop goes on that the kernel has ended, and that ended itself. */
    private void cut(Block cut, Span loop, Block end) {
        emit.continueIn(cut);
        expressions.failures().cut(loop);
        emit.jump(end);
        emit.continueIn(end);
    }

    private void unroll(Statement.Unroll loop) {
        long count = Constants.number(loop.count()).orElse(1);
        Block end = emit.newBlock("unrolled");
        for (long i = 0; i < count; i++) {
            Block next = emit.newBlock("round");
            program.exits().enter(next, end);
            block(loop.body());
            program.exits().leave();
            emit.jump(next);
            emit.continueIn(next);
        }
        emit.jump(end);
        emit.continueIn(end);
    }
}
