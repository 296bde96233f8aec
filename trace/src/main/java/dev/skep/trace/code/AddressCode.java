package dev.skep.trace.code;

import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Value;
import dev.skep.trace.check.Constants;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.type.TraceType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Addresses of networks: {@code ntop}, {@code pton}, {@code macaddr}. */
final class AddressCode {
    /** {@code AF_INET} and {@code AF_INET6} of sys/socket.h. */
    private static final long INET = 2;

    private static final long INET6 = 10;

    private final Program program;
    private final ExpressionCode expressions;
    private final Emit emit;

    AddressCode(Program program, ExpressionCode expressions) {
        this.program = program;
        this.expressions = expressions;
        this.emit = program.emit();
    }

    /** An address with its family, which follows from how long it is unless it is given. */
    Operand internet(Expression.Call call) {
        Expression address = call.arguments().getLast();
        TraceType type = program.type(address);
        Value result = emit.slot("address", 24);
        emit.clear(result, 0, 24);
        Operand operand = expressions.value(address);
        int bytes = Math.min(16, type.size());
        boolean isNumber = operand instanceof Operand.Scalar;
        Value family = call.arguments().size() == 2
                ? expressions.scalar(call.arguments().getFirst())
                : Constant.of(!isNumber && bytes == 16 ? INET6 : INET);
        emit.store(result, 0, 4, family);
        if (operand instanceof Operand.Scalar(Value number)) {
            emit.store(result, 4, 4, number);
        } else {
            program.storage().write(operand, type, type, result, 4, false);
        }
        return new Operand.Memory(result, 0, Operand.Reach.DIRECT);
    }

    /** The bytes of a written address. */
    Operand written(Expression.Call call) {
        String text = Constants.text(call.arguments().getFirst()).orElse("");
        byte[] bytes = bytes(call, text);
        List<Operand.Field> fields = new ArrayList<>();
        for (int i = 0; i < bytes.length; i += 4) {
            long word = 0;
            for (int j = 3; j >= 0; j--) {
                word = word << 8 | (bytes[i + j] & 0xff);
            }
            fields.add(new Operand.Field(i, Int.I32, Constant.of(word)));
        }
        return new Operand.Fields(fields);
    }

    private static byte[] bytes(Expression.Call call, String text) {
        boolean literal =
                !text.isEmpty() && text.chars().allMatch(c -> Character.digit(c, 16) >= 0 || ".:".indexOf(c) >= 0);
        try {
            byte[] bytes = literal ? InetAddress.getByName(text).getAddress() : new byte[0];
            if (bytes.length == (text.contains(":") ? 16 : 4)) {
                return bytes;
            }
        } catch (UnknownHostException wrong) {
            // Said below.
        }
        throw new Unsupported(call.span(), "pton() expects a valid IPv4/IPv6 address, got " + text);
    }

    /** Six bytes of a hardware address. */
    Operand hardware(Expression.Call call) {
        Expression address = call.arguments().getFirst();
        TraceType type = program.type(address);
        Operand operand = expressions.value(address);
        Value result = emit.slot("hardware", 8);
        Operand.Memory source = operand instanceof Operand.Memory memory && !Shape.isScalar(type)
                ? memory
                : new Operand.Memory(
                        expressions.scalar(operand, type),
                        0,
                        MemoryCode.reach(
                                type instanceof TraceType.Pointer pointer
                                        ? pointer.space()
                                        : program.typed().attachment().kind().space()));
        program.storage().bytes(source, result, 0, 6);
        return new Operand.Memory(result, 0, Operand.Reach.DIRECT);
    }
}
