package dev.skep.trace.code;

import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Value;
import dev.skep.object.program.HelperId;
import dev.skep.trace.type.TraceType;
import java.util.List;

/** Writes values to memory in the layout of their types, and reads them. */
final class Storage {
    /** More bytes are copied by a helper. */
    private static final int MOST_BY_LOADS = 128;

    private final Emit emit;

    Storage(Emit emit) {
        this.emit = emit;
    }

    /** A value in memory: loaded if it fits a register. */
    Operand read(TraceType type, Operand.Memory memory) {
        if (!Shape.isScalar(type)) {
            return memory;
        }
        return new Operand.Scalar(number(memory, type.size(), Shape.isSigned(type)));
    }

    /** A number in memory, extended to 64 bits. */
    Value number(Operand.Memory memory, int bytes, boolean signed) {
        if (memory.reach() == Operand.Reach.DIRECT) {
            return emit.load(memory.address(), memory.offset(), bytes, signed);
        }
        if (memory.reach() == Operand.Reach.TYPED) {
            return typed(memory, bytes, signed);
        }
        Value copy = emit.slot("number", 8);
        fetch(memory, copy, 0, bytes);
        return emit.load(copy, 0, bytes, signed);
    }

    /** 0 where there is nothing, as helpers have it. */
    private Value typed(Operand.Memory memory, int bytes, boolean signed) {
        return emit.choose(
                Comparison.EQUAL,
                memory.address(),
                Emit.ZERO,
                () -> Emit.ZERO,
                () -> emit.load(
                        emit.add(new Operation.Reinterpret(memory.address(), Pointer.to(Pointer.Provenance.KERNEL))),
                        memory.offset(),
                        bytes,
                        signed));
    }

    /** Copies bytes from memory that only a helper may read; zeros if it cannot. */
    void fetch(Operand.Memory memory, Value address, int offset, int bytes) {
        HelperId helper = switch (memory.reach()) {
            case USER -> HelperId.PROBE_READ_USER;
            case ANY -> HelperId.PROBE_READ;
            case KERNEL, DIRECT, TYPED -> HelperId.PROBE_READ_KERNEL;
        };
        emit.run(
                helper,
                emit.offset(address, offset),
                Constant.of((long) bytes),
                emit.offset(memory.address(), memory.offset()));
    }

    /**
     * Writes a value.
     *
     * @param from its type
     * @param to the type of what is written to, which holds the values of {@code from}
     * @param padded whether what a text leaves free has to be zero: in keys, which are compared byte by byte
     */
    void write(Operand operand, TraceType from, TraceType to, Value address, int offset, boolean padded) {
        switch (operand) {
            case Operand.Scalar(Value value) -> emit.store(address, offset, to.size(), value);
            case Operand.Literal(String text) -> literal(text, to, address, offset, padded);
            case Operand.Fields(List<Operand.Field> fields) -> {
                for (Operand.Field field : fields) {
                    emit.store(address, offset + field.offset(), field.width().bytes(), field.value());
                }
            }
            case Operand.Parts(List<Operand> elements) -> parts(elements, from, to, address, offset, padded);
            case Operand.Memory memory -> copy(memory, from, to, address, offset, padded);
        }
    }

    /** Writes what a text has, with no zero at its end, and zeros up to {@code capacity}. @param size of the text's type */
    void characters(Operand text, int size, int capacity, Value address, int offset) {
        if (text instanceof Operand.Literal(String literal)) {
            literal(literal, Math.min(literal.length(), capacity), capacity, address, offset);
            return;
        }
        int bytes = Math.min(size, capacity);
        bytes((Operand.Memory) text, address, offset, bytes);
        zero(address, offset + bytes, capacity - bytes);
    }

    private void literal(String text, TraceType to, Value address, int offset, boolean padded) {
        int length = Math.min(text.length(), to.size() - 1);
        literal(text, length, padded ? to.size() : length + 1, address, offset);
    }

    /** @param length how many characters @param end how many bytes with the zeros behind them */
    private void literal(String text, int length, int end, Value address, int offset) {
        int at = 0;
        while (at < end && at <= length) {
            int width = Emit.width(offset + at, end - at);
            long bytes = 0;
            for (int i = width - 1; i >= 0; i--) {
                bytes = bytes << 8 | (at + i < length ? text.charAt(at + i) & 0xff : 0);
            }
            emit.store(address, offset + at, width, Constant.of(bytes));
            at += width;
        }
        zero(address, offset + at, end - at);
    }

    /** Writes zeros, many by a helper: one that is to read from nowhere does it, faster than one that copies zeros. */
    void zero(Value address, int offset, int bytes) {
        if (bytes <= MOST_BY_LOADS) {
            emit.clear(address, offset, Math.max(0, bytes));
        } else {
            Value nowhere = Constant.nullPointer(Pointer.nullable(Pointer.Provenance.MAP_VALUE));
            fetch(new Operand.Memory(nowhere, 0, Operand.Reach.KERNEL), address, offset, bytes);
        }
    }

    private void parts(
            List<Operand> elements, TraceType from, TraceType to, Value address, int offset, boolean padded) {
        TraceType.Tuple source = (TraceType.Tuple) from;
        TraceType.Tuple target = (TraceType.Tuple) to;
        int end = 0;
        for (int i = 0; i < elements.size(); i++) {
            TraceType.Element place = target.elements().get(i);
            emit.clear(address, offset + end, place.offset() - end);
            TraceType.Element own =
                    source.counterpart(place, i).orElse(source.elements().get(i));
            Operand element = elements.get(source.elements().indexOf(own));
            write(element, own.type(), place.type(), address, offset + place.offset(), padded);
            end = place.offset() + place.type().size();
        }
        emit.clear(address, offset + end, target.size() - end);
    }

    private void copy(Operand.Memory memory, TraceType from, TraceType to, Value address, int offset, boolean padded) {
        if (from instanceof TraceType.Tuple source && to instanceof TraceType.Tuple && !from.equals(to)) {
            List<Operand> elements = source.elements().stream()
                    .map(element -> read(
                            element.type(),
                            new Operand.Memory(memory.address(), memory.offset() + element.offset(), memory.reach())))
                    .toList();
            parts(elements, from, to, address, offset, padded);
            return;
        }
        int bytes = Math.min(from.size(), to.size());
        bytes(memory, address, offset, bytes);
        if (padded) {
            zero(address, offset + bytes, to.size() - bytes);
        }
        if (from instanceof TraceType.Text && to.size() < from.size()) {
            emit.store(address, offset + to.size() - 1, 1, Emit.ZERO);
        }
    }

    /** Copies bytes. */
    void bytes(Operand.Memory memory, Value address, int offset, int bytes) {
        boolean all = memory.address().type() instanceof Pointer pointer
                && pointer.provenance() == Pointer.Provenance.CONTEXT
                && memory.offset() == 0; // the first bytes of a tracepoint's record may not be loaded
        if (all || memory.reach() != Operand.Reach.DIRECT || bytes > MOST_BY_LOADS) {
            fetch(memory, address, offset, bytes);
            return;
        }
        int at = 0;
        while (at < bytes) {
            int width = Math.min(Emit.width(offset + at, bytes - at), Emit.width(memory.offset() + at, bytes - at));
            emit.store(address, offset + at, width, emit.load(memory.address(), memory.offset() + at, width, false));
            at += width;
        }
    }
}
