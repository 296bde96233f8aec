package dev.skep.trace.code;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.FunctionBuilder;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Value;
import dev.skep.trace.check.TypedProgram;
import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.source.Span;
import java.util.Optional;

/** Makes the function of a probe: the gate, the predicate, the body. */
final class ProgramCode {
    /** Where an iterator's context has its object: behind the pointer to {@code struct bpf_iter_meta}. */
    private static final int FIRST_OBJECT = 8;

    private ProgramCode() {}

    /** A place of a script. */
    static Position position(Span span) {
        return new Position(span.source().name(), span.line(), span.column());
    }

    /**
     * Whether the tracer may come by, and is not meant: a script at all functions of a library would see little else, and what it prints
     * would make it print more.
     */
    private static boolean isAtTracer(ProbeTarget target) {
        return target instanceof ProbeTarget.Uprobe uprobe && uprobe.symbols().size() > 1;
    }

    static Function function(Unit unit, TypedProgram typed, int index) {
        Position position = position(typed.probe().span());
        Function function = new Function(
                Programs.name(typed.attachment(), index),
                Function.Linkage.PROGRAM,
                Optional.of(Programs.section(typed.attachment().target())),
                Programs.PROTOTYPE,
                Int.I32,
                position);
        Block entry = function.addBlock("entry");
        Value context = entry.addParameter("ctx", Pointer.to(Pointer.Provenance.CONTEXT));
        FunctionBuilder builder = new FunctionBuilder(function);
        builder.seal(entry);
        builder.at(position);
        Emit emit = new Emit(builder);
        Block exit = emit.newBlock("exit");
        exit.terminate(new Terminator.Return(Optional.of(Constant.of(0)), position));
        if (unit.isGated() && !typed.attachment().kind().isOnce()) {
            Block open = emit.newBlock("open");
            Value gate = emit.load(unit.globals().gate(emit), 0, 4, false);
            emit.branch(Comparison.EQUAL, gate, Emit.ZERO, exit, open);
            emit.continueIn(open);
        }
        if (isAtTracer(typed.attachment().target())) {
            Block other = emit.newBlock("other");
            Value process = emit.binary(BinaryOperator.SHIFT_RIGHT, BuiltinCode.task(unit, emit), Constant.of(32L));
            Value tracer = emit.load(unit.globals().tracer(emit), 0, 4, false);
            emit.branch(Comparison.EQUAL, process, tracer, exit, other);
            emit.continueIn(other);
        }
        if (typed.attachment().target() instanceof ProbeTarget.Iterator) {
            // The last call of an iterator has no object.
            Block there = emit.newBlock("there");
            emit.branch(Comparison.EQUAL, emit.load(context, FIRST_OBJECT, 8, false), Emit.ZERO, exit, there);
            emit.continueIn(there);
        }
        Block start = emit.newBlock("start");
        emit.jump(start);
        emit.continueIn(start);
        Block body = emit.newBlock("body");
        emit.jump(body);
        emit.continueIn(body);
        if (unit.isRecorded()) {
            emit.captureWith(Capture.begin(unit, emit, index, context, Contexts.of(typed, unit.system())));
        }
        Scratch scratch = new Scratch(unit, new Scratch.Space(), start, position);
        Storage storage = new Storage(emit);
        Exits exits = new Exits.OfProgram();
        Program program =
                new Program(unit, typed, index, emit, storage, scratch, exits, SharedLocals.of(typed), context);
        ExpressionCode expressions = new ExpressionCode(program);
        typed.probe().predicate().ifPresent(predicate -> {
            Block holds = emit.newBlock("holds");
            expressions.condition(predicate, holds, exit);
            emit.continueIn(holds);
        });
        expressions.statements().block(typed.probe().body());
        builder.end(new Terminator.Return(Optional.of(Constant.of(0)), builder.position()));
        scratch.finish(body, exit);
        builder.finish();
        return function;
    }
}
