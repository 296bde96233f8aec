package dev.skep.trace.code;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Value;
import dev.skep.object.program.HelperId;
import dev.skep.trace.check.Constants;
import dev.skep.trace.plan.Action;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.type.AddressSpace;
import dev.skep.trace.type.TraceType;

/** Sends the texts that an array of pointers leads to: {@code join}. */
final class JoinCode {
    /** As many as bpftrace takes. */
    private static final int MOST_TEXTS = 16;

    private static final int HEADER = 8;

    private final Program program;
    private final ExpressionCode expressions;
    private final EventCode events;
    private final Emit emit;

    JoinCode(Program program, ExpressionCode expressions, EventCode events) {
        this.program = program;
        this.expressions = expressions;
        this.events = events;
        this.emit = program.emit();
    }

    void join(Expression.Call call) {
        Expression array = call.arguments().getFirst();
        String separator = call.arguments().size() > 1
                ? Constants.text(call.arguments().get(1)).orElse(" ")
                : " ";
        AddressSpace space = program.type(array) instanceof TraceType.Pointer pointer
                ? pointer.space()
                : program.typed().attachment().kind().space();
        int size = program.unit().script().settings().maxStringLength();
        Value start = expressions.scalar(array);
        long action = program.unit().action(new Action.Join(separator, HEADER, size, MOST_TEXTS));
        EventCode.Room room = events.reserve(HEADER + MOST_TEXTS * size, action);
        Block end = emit.newBlock("joined");
        Block none = emit.newBlock("no_more");
        for (int i = 0; i < MOST_TEXTS; i++) {
            int offset = HEADER + i * size;
            emit.store(room.address(), offset, 1, Emit.ZERO);
            Value text = program.storage().number(new Operand.Memory(start, 8 * i, MemoryCode.reach(space)), 8, false);
            Block more = emit.newBlock("more");
            emit.branch(Comparison.EQUAL, text, Emit.ZERO, none, more);
            emit.continueIn(more);
            HelperId helper = switch (space) {
                case KERNEL -> HelperId.PROBE_READ_KERNEL_STR;
                case USER -> HelperId.PROBE_READ_USER_STR;
                case UNKNOWN -> HelperId.PROBE_READ_STR;
            };
            emit.run(helper, emit.offset(room.address(), offset), Constant.of((long) size), text);
        }
        emit.jump(end);
        emit.continueIn(none);
        emit.jump(end);
        emit.continueIn(end);
        events.submit(room);
    }
}
