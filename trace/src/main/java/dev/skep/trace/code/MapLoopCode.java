package dev.skep.trace.code;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.FunctionBuilder;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.type.CType;
import dev.skep.object.program.HelperId;
import dev.skep.trace.check.Local;
import dev.skep.trace.check.MapShape;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Statement;
import java.util.List;
import java.util.Optional;

/**
 * Loops over maps: {@code bpf_for_each_map_elem} calls a function with each element. The function gets the address of a frame, with
 * the program's context, the address of the shared variables, and whether the program is to end.
 */
final class MapLoopCode {
    /** Where the frame says that the program is to end. */
    static final int ENDED = 16;

    private static final int CONTEXT = 0;
    private static final int SHARED = 8;
    private static final int FRAME_SIZE = 24;
    private static final CType UNTYPED = new CType.Pointer(CType.VOID);

    private MapLoopCode() {}

    static void loop(Program program, Statement.ForMap loop) {
        Emit emit = program.emit();
        MapShape shape = program.unit().map(((Expression.MapName) loop.map()).name());
        Value frame = emit.slot("frame", FRAME_SIZE);
        store(emit, frame, CONTEXT, program.context());
        Value shared = program.shared().start(program);
        store(emit, frame, SHARED, shared);
        emit.store(frame, ENDED, 8, Emit.ZERO);
        Function body = function(program, loop, shape, (Pointer) shared.type());
        emit.add(new Operation.CallHelper(
                HelperId.FOR_EACH_MAP_ELEM,
                List.of(
                        emit.map(Unit.objectName(shape.name())),
                        emit.add(new Operation.FunctionAddress(body)),
                        frame,
                        Emit.ZERO),
                Type.Nothing.VOID));
        Block ended = emit.newBlock("ended");
        Block next = emit.newBlock("after_loop");
        emit.branch(Comparison.NOT_EQUAL, emit.load(frame, ENDED, 8, false), Emit.ZERO, ended, next);
        emit.continueIn(ended);
        program.exits().end(emit, Constant.of(0));
        emit.jump(next);
        emit.continueIn(next);
    }

    private static void store(Emit emit, Value frame, int offset, Value pointer) {
        emit.add(new Operation.Store(frame, offset, Int.I64, pointer, Optional.empty()));
    }

    private static Function function(Program program, Statement.ForMap loop, MapShape shape, Pointer sharedType) {
        Position position = ProgramCode.position(loop.span());
        Function function = callback("loop_" + (program.unit().functions().size() + 1), position);
        program.unit().add(function);
        Block entry = function.addBlock("entry");
        parameters(entry);
        Value key = entry.parameters().get(1);
        Value value = entry.parameters().get(2);
        Value frame = entry.parameters().get(3);
        FunctionBuilder builder = new FunctionBuilder(function);
        builder.seal(entry);
        builder.at(position);
        Emit emit = new Emit(builder);
        Value context = pointer(emit, frame, CONTEXT, Pointer.to(Pointer.Provenance.CONTEXT));
        Value shared = pointer(emit, frame, SHARED, sharedType);
        Block start = emit.newBlock("start");
        emit.jump(start);
        emit.continueIn(start);
        Block first = emit.newBlock("body");
        emit.jump(first);
        emit.continueIn(first);
        Block more = returning(emit, 0, position);
        Block stop = returning(emit, 1, position);
        Scratch scratch = new Scratch(program.unit(), program.scratch().space(), start, position);
        Exits exits = new Exits.OfCallback(frame);
        exits.enter(more, stop);
        Program inner = new Program(
                program.unit(),
                program.typed(),
                program.index(),
                emit,
                new Storage(emit),
                scratch,
                exits,
                program.shared().at(shared),
                context);
        ExpressionCode expressions = new ExpressionCode(inner);
        bind(inner, expressions, loop, shape, key, value);
        expressions.statements().block(loop.body());
        builder.end(new Terminator.Return(Optional.of(Constant.of(0)), builder.position()));
        scratch.finish(first, more);
        builder.finish();
        return function;
    }

    /** How many elements a map has: what is left of a loop that does nothing. */
    static Operand length(Program program, MapShape shape) {
        if (shape.key().isEmpty()) {
            return new Operand.Scalar(Emit.ONE);
        }
        Emit emit = program.emit();
        Value frame = emit.slot("frame", 8);
        emit.store(frame, 0, 8, Emit.ZERO);
        Value visited = emit.call(
                HelperId.FOR_EACH_MAP_ELEM,
                emit.map(Unit.objectName(shape.name())),
                emit.add(new Operation.FunctionAddress(program.unit().nothing())),
                frame,
                Emit.ZERO);
        return new Operand.Scalar(visited);
    }

    /** A function for a loop that does nothing. */
    static Function nothing() {
        Function function = callback("loop_nothing", Position.NONE);
        function.addBlock("entry").terminate(new Terminator.Return(Optional.of(Constant.of(0)), Position.NONE));
        parameters(function.entry());
        return function;
    }

    private static void parameters(Block entry) {
        entry.addParameter("map", Pointer.to(Pointer.Provenance.MAP));
        entry.addParameter("key", Pointer.to(Pointer.Provenance.MAP_VALUE));
        entry.addParameter("value", Pointer.to(Pointer.Provenance.MAP_VALUE));
        entry.addParameter("frame", Pointer.to(Pointer.Provenance.STACK));
    }

    private static Function callback(String name, Position position) {
        return new Function(
                name,
                Function.Linkage.CALLBACK,
                Optional.empty(),
                new CType.Prototype(
                        Programs.INT,
                        List.of(
                                new CType.Parameter("map", UNTYPED),
                                new CType.Parameter("key", UNTYPED),
                                new CType.Parameter("value", UNTYPED),
                                new CType.Parameter("frame", UNTYPED))),
                Int.I32,
                position);
    }

    private static Value pointer(Emit emit, Value frame, int offset, Pointer type) {
        return emit.add(new Operation.Load(frame, offset, Int.I64, false, type, Optional.empty()));
    }

    private static Block returning(Emit emit, int result, Position position) {
        Block block = emit.newBlock("return");
        block.terminate(new Terminator.Return(Optional.of(Constant.of(result)), position));
        return block;
    }

    /** The variable is the pair of key and value. */
    private static void bind(
            Program program,
            ExpressionCode expressions,
            Statement.ForMap loop,
            MapShape shape,
            Value key,
            Value value) {
        Operand keyOperand =
                program.storage().read(shape.key().orElseThrow(), new Operand.Memory(key, 0, Operand.Reach.DIRECT));
        Operand valueOperand = Unit.isPerCpu(shape)
                ? expressions.maps().total(shape, key)
                : program.storage().read(shape.value(), new Operand.Memory(value, 0, Operand.Reach.DIRECT));
        Operand pair = new Operand.Parts(List.of(keyOperand, valueOperand));
        Local local = program.typed().local(loop.element());
        if (local.isShared()) {
            expressions.locals().write(local, pair, local.type());
        } else {
            expressions.locals().bind(local, pair);
        }
    }
}
