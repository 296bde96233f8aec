package dev.skep.trace.code;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Value;
import dev.skep.object.program.HelperId;
import dev.skep.trace.check.Constants;
import dev.skep.trace.check.Structures;
import dev.skep.trace.plan.Action;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.type.TraceType;

/** Sends packets: {@code skboutput(file, skb, length, offset)}. What a packet has in pages besides its first part is left out. */
final class PacketCode {
    /** Bytes of a packet at most: more than Ethernet has, and what fills an event of 2 KiB. */
    private static final int MOST = 2_028;

    private static final TraceType.Structure PACKET = new TraceType.Structure("struct sk_buff", 0, 8);

    private final Program program;
    private final ExpressionCode expressions;
    private final EventCode events;
    private final Emit emit;

    PacketCode(Program program, ExpressionCode expressions, EventCode events) {
        this.program = program;
        this.expressions = expressions;
        this.events = events;
        this.emit = program.emit();
    }

    Operand send(Expression.Call call) {
        if (program.unit().isPortable()) {
            throw new Unsupported(call.span(), "skboutput() reads packets as this machine's kernel has them");
        }
        String file = Constants.text(call.arguments().getFirst()).orElseThrow(() -> new Unsupported(call.span()));
        Value packet = expressions.scalar(call.arguments().get(1));
        Value offset = expressions.scalar(call.arguments().get(3));
        Value there =
                emit.binary(BinaryOperator.SUBTRACT, member(call, packet, "len"), member(call, packet, "data_len"));
        Value left = least(
                emit.binary(BinaryOperator.SUBTRACT, there, offset),
                expressions.scalar(call.arguments().get(2)));
        Value length = least(left, Constant.of((long) MOST));
        Value start = emit.binary(BinaryOperator.ADD, member(call, packet, "data"), offset);
        EventCode.Room room = events.reserve(20 + MOST, program.unit().action(new Action.WritePacket(file)));
        emit.store(room.address(), 8, 8, emit.call(HelperId.KTIME_GET_BOOT_NS));
        emit.store(room.address(), 16, 4, length);
        emit.run(HelperId.PROBE_READ_KERNEL, emit.offset(room.address(), 20L), length, start);
        events.submit(room);
        return new Operand.Scalar(Emit.ZERO);
    }

    private Value least(Value one, Value other) {
        return emit.choose(Comparison.LESS, one, other, () -> one, () -> other);
    }

    private Value member(Expression.Call call, Value packet, String name) {
        Structures.Member member = program.unit()
                .script()
                .structures()
                .member(PACKET, name)
                .orElseThrow(() -> new Unsupported(call.span(), "the kernel's types do not describe " + PACKET.name()));
        Operand.Memory place = new Operand.Memory(packet, member.offset(), Operand.Reach.KERNEL);
        return program.storage().number(place, member.type().size(), false);
    }
}
