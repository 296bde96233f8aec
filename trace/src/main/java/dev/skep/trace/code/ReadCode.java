package dev.skep.trace.code;

import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Value;
import dev.skep.object.program.HelperId;
import dev.skep.trace.check.Constants;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.type.AddressSpace;
import dev.skep.trace.type.TraceType;
import java.util.OptionalLong;

/** Reads texts and bytes from the kernel's or a process's memory: {@code str}, {@code buf}. */
final class ReadCode {
    private final Program program;
    private final ExpressionCode expressions;
    private final Emit emit;

    ReadCode(Program program, ExpressionCode expressions) {
        this.program = program;
        this.expressions = expressions;
        this.emit = program.emit();
    }

    /** Whether a value can be read right to where it is wanted. */
    boolean canRead(Expression value) {
        if (!(value instanceof Expression.Call call)) {
            return false;
        }
        TraceType of = call.arguments().isEmpty()
                ? new TraceType.Nothing()
                : program.type(call.arguments().getFirst());
        return switch (call.name()) {
            case "str" ->
                !(of instanceof TraceType.Text)
                        && Constants.text(call.arguments().getFirst()).isEmpty();
            case "buf" -> true;
            default -> false;
        };
    }

    /** Reads it there; what is behind a text's end stays as it is. */
    void readInto(Expression value, Value address, int offset) {
        Expression.Call call = (Expression.Call) value;
        if (call.name().equals("str")) {
            text(call, address, offset);
        } else {
            buffer(call, address, offset);
        }
    }

    /** Reads it into memory of the program's own. */
    Operand read(Expression.Call call) {
        if (!canRead(call)) {
            return cut(call);
        }
        TraceType type = program.type(call);
        Value address = program.memory(call.name(), type.size());
        program.storage().zero(address, 0, type.size());
        readInto(call, address, 0);
        return new Operand.Memory(address, 0, Operand.Reach.DIRECT, true);
    }

    /** {@code str} of a text, perhaps shorter. */
    private Operand cut(Expression.Call call) {
        Expression of = call.arguments().getFirst();
        Operand operand = expressions.value(of);
        TraceType type = program.type(call);
        if (operand instanceof Operand.Literal(String text)) {
            return new Operand.Literal(text.substring(0, Math.min(text.length(), type.size() - 1)));
        }
        Value copy = program.memory("text", type.size());
        program.storage().write(operand, program.type(of), type, copy, 0, true);
        return new Operand.Memory(copy, 0, Operand.Reach.DIRECT, true);
    }

    private void text(Expression.Call call, Value address, int offset) {
        Expression of = call.arguments().getFirst();
        AddressSpace space = space(of);
        HelperId helper = switch (space) {
            case KERNEL -> HelperId.PROBE_READ_KERNEL_STR;
            case USER -> HelperId.PROBE_READ_USER_STR;
            case UNKNOWN -> HelperId.PROBE_READ_STR;
        };
        int size = program.type(call).size();
        Value from = source(of);
        if (call.arguments().size() == 2) {
            emit.store(address, offset, 1, Emit.ZERO); // a length of 0 reads nothing
        }
        emit.run(helper, emit.offset(address, offset), length(call, size), from);
    }

    /** How many bytes are wanted, of a text with the zero at its end: at most what fits. */
    private Value length(Expression.Call call, int most) {
        if (call.arguments().size() < 2) {
            return Constant.of((long) most);
        }
        OptionalLong known = Constants.number(call.arguments().get(1));
        if (known.isPresent()) {
            return Constant.of(Math.min(most, known.getAsLong()));
        }
        Value wanted = expressions.scalar(call.arguments().get(1));
        return emit.choose(
                Comparison.LESS, wanted, Constant.of((long) most), () -> wanted, () -> Constant.of((long) most));
    }

    private AddressSpace space(Expression of) {
        return switch (program.type(of)) {
            case TraceType.Pointer pointer -> pointer.space();
            case TraceType.Array array -> memorySpace(of);
            default -> program.typed().attachment().kind().space();
        };
    }

    /** Arrays are read from where they are. */
    private AddressSpace memorySpace(Expression of) {
        return of instanceof Expression.FieldAccess access
                        && program.type(access.object()) instanceof TraceType.Pointer pointer
                ? pointer.space()
                : AddressSpace.KERNEL;
    }

    private Value source(Expression of) {
        Operand operand = expressions.value(of);
        return operand instanceof Operand.Memory memory && !Shape.isScalar(program.type(of))
                ? expressions.address(memory)
                : expressions.scalar(operand, program.type(of));
    }

    private void buffer(Expression.Call call, Value address, int offset) {
        int capacity = ((TraceType.Buffer) program.type(call)).capacity();
        Expression of = call.arguments().getFirst();
        Value length = length(call, capacity);
        emit.store(address, offset, 4, length);
        if (program.type(of) instanceof TraceType.Text && !(of instanceof Expression.FieldAccess)) {
            Operand text = expressions.value(of);
            program.storage().characters(text, program.type(of).size(), capacity, address, offset + 4);
            return;
        }
        HelperId helper = space(of) == AddressSpace.USER ? HelperId.PROBE_READ_USER : HelperId.PROBE_READ_KERNEL;
        emit.run(helper, emit.offset(address, offset + 4L), length, source(of));
    }
}
