package dev.skep.trace.code;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Value;
import dev.skep.object.program.HelperId;
import dev.skep.trace.plan.Action;
import dev.skep.trace.source.Span;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.type.TraceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Sends events: room in the ring buffer is reserved, and values are written there without a copy in between. */
final class EventCode {
    private static final int HEADER = 8;

    private final Program program;
    private final ExpressionCode expressions;
    private final ReadCode reads;
    private final Emit emit;

    EventCode(Program program, ExpressionCode expressions, ReadCode reads) {
        this.program = program;
        this.expressions = expressions;
        this.reads = reads;
        this.emit = program.emit();
    }

    /** An event that says nothing but its action. */
    void send(Action action) {
        long index = program.unit().action(action);
        Room room = reserve(HEADER, index);
        submit(room);
    }

    /** An event with a number after the action. */
    void send(Action action, Value number) {
        long index = program.unit().action(action);
        Room room = reserve(HEADER + 8, index);
        emit.store(room.address(), HEADER, 8, number);
        submit(room);
        if (action instanceof Action.Exit) {
            emit.capture().ifPresent(Capture::exits);
        }
    }

    /** An event with values, whose places the action tells. */
    void send(List<Expression> values, Function<List<Action.Argument>, Action> action) {
        TraceType.Tuple layout = TraceType.Tuple.of(values.stream()
                .map(value -> new TraceType.Named(
                        Optional.empty(), program.type(value).asNumber()))
                .toList());
        List<Action.Argument> arguments = layout.elements().stream()
                .map(element -> new Action.Argument(element.type(), HEADER + element.offset()))
                .toList();
        List<Optional<Operand>> operands = new ArrayList<>(); // empty: read right into the event
        for (Expression value : values) {
            TraceType type = program.type(value);
            operands.add(
                    reads.canRead(value)
                            ? Optional.empty()
                            : Optional.of(expressions.fit(expressions.value(value), type, type.asNumber())));
        }
        Room room = reserve(HEADER + ((layout.size() + 7) & -8), program.unit().action(action.apply(arguments)));
        for (int i = 0; i < values.size(); i++) {
            Expression value = values.get(i);
            Action.Argument place = arguments.get(i);
            Optional<Span> around = expressions.reads().enter(value.span());
            if (operands.get(i).isPresent()) {
                Operand operand = operands.get(i).get();
                program.storage()
                        .write(operand, program.type(value), place.type(), room.address(), place.offset(), false);
            } else {
                reads.readInto(value, room.address(), place.offset());
            }
            expressions.reads().leave(around);
        }
        submit(room);
    }

    /** Reserved room. @param end where the program goes on @param address of the room */
    record Room(Block end, Value address) {}

    /** Room for an event; where there is none, that is counted and the program goes on behind the event. */
    Room reserve(int bytes, long action) {
        Value found = emit.pointer(
                HelperId.RINGBUF_RESERVE,
                Pointer.Provenance.MEMORY,
                emit.map(Unit.EVENTS),
                Constant.of((long) bytes),
                Emit.ZERO);
        Block lost = emit.newBlock("lost");
        Block there = emit.newBlock("room");
        Block end = emit.newBlock("sent");
        emit.branchIfNull(found, lost, there);
        emit.continueIn(lost);
        emit.increment(program.unit().globals().losses(emit, program.index()));
        emit.jump(end);
        emit.continueIn(there);
        emit.store(found, 0, 8, Constant.of(action));
        return new Room(end, found);
    }

    void submit(Room room) {
        emit.run(HelperId.RINGBUF_SUBMIT, room.address(), Emit.ZERO);
        emit.jump(room.end());
        emit.continueIn(room.end());
    }
}
