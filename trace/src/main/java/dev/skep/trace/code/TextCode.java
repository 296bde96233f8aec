package dev.skep.trace.code;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.ir.Variable;
import dev.skep.trace.type.TraceType;
import java.util.List;

/** Compares texts and other values that do not fit a register. */
final class TextCode {
    /** More bytes are compared in a loop. */
    private static final int MOST_IN_A_ROW = 64;

    private final Program program;
    private final Emit emit;

    TextCode(Program program) {
        this.program = program;
        this.emit = program.emit();
    }

    /** Goes on in one block if two values are equal, in another if they are not. */
    void branchIfEqual(
            Operand left, TraceType leftType, Operand right, TraceType rightType, Block equal, Block different) {
        if (left instanceof Operand.Literal(String text)) {
            literal(right, rightType, text, equal, different);
        } else if (right instanceof Operand.Literal(String text)) {
            literal(left, leftType, text, equal, different);
        } else if (leftType instanceof TraceType.Tuple first && rightType instanceof TraceType.Tuple second) {
            tuples(left, first, right, second, equal, different);
        } else if (Shape.isScalar(leftType) && Shape.isScalar(rightType)) {
            emit.branch(Comparison.EQUAL, scalar(left, leftType), scalar(right, rightType), equal, different);
        } else if (leftType instanceof TraceType.Text && rightType instanceof TraceType.Text) {
            Value first = program.inMemory(left, leftType, leftType, false);
            Value second = program.inMemory(right, rightType, rightType, false);
            loop(first, second, Math.min(leftType.size(), rightType.size()), true, equal, different);
        } else {
            Value first = program.inMemory(left, leftType, leftType, false);
            Value second = program.inMemory(right, rightType, rightType, false);
            bytes(first, second, Math.min(leftType.size(), rightType.size()), equal, different);
        }
    }

    private Value scalar(Operand operand, TraceType type) {
        return operand instanceof Operand.Scalar(Value value)
                ? value
                : program.storage().number((Operand.Memory) operand, type.size(), Shape.isSigned(type));
    }

    /** A text in memory and one that is known: eight bytes at a time, with the zero at the end. */
    private void literal(Operand operand, TraceType type, String text, Block equal, Block different) {
        if (operand instanceof Operand.Literal(String other)) {
            emit.jump(other.equals(text) ? equal : different);
            return;
        }
        if (text.length() >= type.size()) {
            emit.jump(different);
            return;
        }
        Value address = program.inMemory(operand, type, type, false);
        int end = text.length() + 1;
        int at = 0;
        while (at < end) {
            int left = end - at;
            int width =
                    left >= 8 || type.size() - at >= 8 ? 8 : Integer.highestOneBit(Math.min(left, type.size() - at));
            int count = Math.min(width, left);
            long wanted = 0;
            for (int i = count - 1; i >= 0; i--) {
                wanted = wanted << 8 | (at + i < text.length() ? text.charAt(at + i) & 0xff : 0);
            }
            Value found = emit.load(address, at, width, false);
            if (count < width) {
                found = emit.binary(BinaryOperator.AND, found, Constant.of((1L << (8 * count)) - 1));
            }
            at += count;
            Block next = at < end ? emit.newBlock("same") : equal;
            emit.branch(Comparison.EQUAL, found, Constant.of(wanted), next, different);
            if (at < end) {
                emit.continueIn(next);
            }
        }
    }

    /** Byte by byte. @param untilZero whether a zero in both ends the comparison */
    private void loop(Value left, Value right, int bytes, boolean untilZero, Block equal, Block different) {
        Variable index = new Variable("index", Int.I64);
        Block head = emit.newBlock("compare");
        Block same = emit.newBlock("same");
        Block next = emit.newBlock("next");
        emit.builder().write(index, Emit.ZERO);
        emit.jump(head);
        emit.builder().at(head);
        Value at = emit.builder().read(index);
        Value first = emit.load(emit.offset(left, at), 0, 1, false);
        Value second = emit.load(emit.offset(right, at), 0, 1, false);
        emit.branch(Comparison.EQUAL, first, second, same, different);
        emit.continueIn(same);
        if (untilZero) {
            Block more = emit.newBlock("more");
            emit.branch(Comparison.EQUAL, first, Emit.ZERO, equal, more);
            emit.continueIn(more);
        }
        Value after = emit.plus(at, 1);
        emit.builder().write(index, after);
        emit.branch(Comparison.LESS, after, Constant.of((long) bytes), next, equal);
        emit.continueIn(next);
        emit.jump(head);
        emit.builder().seal(head);
    }

    /** All bytes. */
    void bytes(Value left, Value right, int bytes, Block equal, Block different) {
        if (bytes > MOST_IN_A_ROW) {
            loop(left, right, bytes, false, equal, different);
            return;
        }
        int at = 0;
        while (at < bytes) {
            int width = Math.min(8, Integer.highestOneBit(bytes - at));
            Block next = emit.newBlock("same");
            emit.branch(
                    Comparison.EQUAL,
                    emit.load(left, at, width, false),
                    emit.load(right, at, width, false),
                    next,
                    different);
            emit.continueIn(next);
            at += width;
        }
        emit.jump(equal);
    }

    private void tuples(
            Operand left, TraceType.Tuple first, Operand right, TraceType.Tuple second, Block equal, Block different) {
        for (int i = 0; i < first.elements().size(); i++) {
            Block next = emit.newBlock("element");
            TraceType.Element other = second.counterpart(first.elements().get(i), i)
                    .orElse(second.elements().get(i));
            branchIfEqual(
                    element(left, first, i),
                    first.elements().get(i).type(),
                    element(right, second, second.elements().indexOf(other)),
                    other.type(),
                    next,
                    different);
            emit.continueIn(next);
        }
        emit.jump(equal);
    }

    private Operand element(Operand tuple, TraceType.Tuple type, int index) {
        if (tuple instanceof Operand.Parts(List<Operand> elements)) {
            return elements.get(index);
        }
        Operand.Memory memory = (Operand.Memory) tuple;
        TraceType.Element element = type.elements().get(index);
        return program.storage()
                .read(
                        element.type(),
                        new Operand.Memory(memory.address(), memory.offset() + element.offset(), memory.reach()));
    }
}
