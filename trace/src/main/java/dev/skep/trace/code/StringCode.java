package dev.skep.trace.code;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.ir.Variable;
import dev.skep.object.program.HelperId;
import dev.skep.trace.check.Constants;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.type.TraceType;
import java.util.List;

/** Searches texts: {@code strlen}, {@code strncmp}, {@code strstr}, {@code strcontains}, {@code memcmp}. */
final class StringCode {
    private final Program program;
    private final ExpressionCode expressions;
    private final Emit emit;

    StringCode(Program program, ExpressionCode expressions) {
        this.program = program;
        this.expressions = expressions;
        this.emit = program.emit();
    }

    /** A text in memory. @param size how many bytes may be read */
    private record Text(Value address, int size) {}

    Operand call(Expression.Call call) {
        List<Expression> arguments = call.arguments();
        return switch (call.name()) {
            case "strlen" -> length(arguments.getFirst());
            case "strncmp" -> compare(call, true);
            case "memcmp" -> compare(call, false);
            case "strstr" -> new Operand.Scalar(find(arguments));
            default -> new Operand.Scalar(emit.compare(Comparison.SIGNED_GREATER_OR_EQUAL, find(arguments), Emit.ZERO));
        };
    }

    /** A text with another behind it. */
    Operand joined(Expression.Call call) {
        int size = program.type(call).size();
        Text left = text(call.arguments().get(0));
        Text right = text(call.arguments().get(1));
        Value place = program.memory("joined", 2 * size); // the second may start at the end of the first
        program.storage().zero(place, 0, 2 * size);
        Value read = emit.call(
                HelperId.PROBE_READ_KERNEL_STR,
                place,
                Constant.of((long) Math.min(size, left.size())),
                emit.number(left.address()));
        Value end = emit.binary(BinaryOperator.AND, emit.plus(read, -1), Constant.of(size - 1L));
        emit.run(
                HelperId.PROBE_READ_KERNEL_STR,
                emit.offset(place, end),
                Constant.of((long) Math.min(size, right.size())),
                emit.number(right.address()));
        emit.store(place, size - 1, 1, Emit.ZERO);
        return new Operand.Memory(place, 0, Operand.Reach.DIRECT);
    }

    private Text text(Expression expression) {
        TraceType type = program.type(expression);
        Operand operand = expressions.value(expression);
        return new Text(program.inMemory(operand, type, type, false), type.size());
    }

    /** Goes on behind a loop over indexes; the body may leave it before. */
    private void count(Variable index, long limit, Block end, Runnable body) {
        emit.builder().write(index, Emit.ZERO);
        Block head = emit.newBlock("round");
        emit.jump(head);
        emit.builder().at(head);
        body.run();
        Value next = emit.plus(emit.builder().read(index), 1);
        emit.builder().write(index, next);
        Block again = emit.newBlock("again");
        emit.branch(Comparison.LESS, next, Constant.of(limit), again, end);
        emit.continueIn(again);
        emit.jump(head);
        emit.builder().seal(head);
    }

    private Value at(Value address, Value index) {
        return emit.load(emit.offset(address, index), 0, 1, false);
    }

    private Operand length(Expression expression) {
        if (Constants.text(expression).isPresent()) {
            return new Operand.Scalar(
                    Constant.of((long) Constants.text(expression).get().length()));
        }
        Text text = text(expression);
        Variable index = new Variable("length", Int.I64);
        Block end = emit.newBlock("end_of_text");
        count(index, text.size(), end, () -> {
            Block more = emit.newBlock("more");
            emit.branch(Comparison.EQUAL, at(text.address(), emit.builder().read(index)), Emit.ZERO, end, more);
            emit.continueIn(more);
        });
        emit.continueIn(end);
        return new Operand.Scalar(emit.builder().read(index));
    }

    /** @param untilZero whether a zero ends the comparison */
    private Operand compare(Expression.Call call, boolean untilZero) {
        Text left = text(call.arguments().get(0));
        Text right = text(call.arguments().get(1));
        long most = Math.min(left.size(), right.size());
        long bytes = Math.min(most, Constants.number(call.arguments().get(2)).orElse(most));
        Variable index = new Variable("index", Int.I64);
        Variable result = new Variable("difference", Int.I64);
        Block end = emit.newBlock("compared");
        emit.builder().write(result, Emit.ZERO);
        if (bytes > 0) {
            count(index, bytes, end, () -> {
                Value here = emit.builder().read(index);
                Value first = at(left.address(), here);
                Value second = at(right.address(), here);
                Value difference = emit.binary(BinaryOperator.SUBTRACT, first, second);
                Block different = emit.newBlock("different");
                Block same = emit.newBlock("same");
                Block more = emit.newBlock("more");
                emit.branch(Comparison.EQUAL, first, second, same, different);
                emit.continueIn(different);
                emit.builder().write(result, untilZero ? Emit.ONE : difference);
                emit.jump(end);
                emit.continueIn(same);
                if (untilZero) {
                    emit.branch(Comparison.EQUAL, first, Emit.ZERO, end, more);
                } else {
                    emit.jump(more);
                }
                emit.continueIn(more);
            });
        } else {
            emit.jump(end);
        }
        emit.continueIn(end);
        return new Operand.Scalar(emit.builder().read(result));
    }

    /** Where the second text is in the first; -1 if it is not. */
    private Value find(List<Expression> arguments) {
        Text haystack = text(arguments.get(0));
        Text needle = text(arguments.get(1));
        Variable start = new Variable("start", Int.I64);
        Variable result = new Variable("found", Int.I64);
        Block end = emit.newBlock("searched");
        emit.builder().write(result, Constant.of(-1L));
        count(start, haystack.size(), end, () -> {
            emit.limit(end);
            Block next = emit.newBlock("next_start");
            Block found = emit.newBlock("found");
            matchAt(haystack, needle, emit.builder().read(start), found, next, end);
            emit.continueIn(found);
            emit.builder().write(result, emit.builder().read(start));
            emit.jump(end);
            emit.continueIn(next);
        });
        emit.continueIn(end);
        return emit.builder().read(result);
    }

    /** Whether the second text is in the first from an index on; that the first ends before also ends the search. */
    private void matchAt(Text haystack, Text needle, Value start, Block found, Block next, Block end) {
        Variable index = new Variable("index", Int.I64);
        Block all = emit.newBlock("all");
        count(index, needle.size(), all, () -> {
            Value here = emit.builder().read(index);
            Value wanted = at(needle.address(), here);
            Block more = emit.newBlock("more");
            emit.branch(Comparison.EQUAL, wanted, Emit.ZERO, found, more);
            emit.continueIn(more);
            Value place = emit.binary(BinaryOperator.ADD, start, here);
            Block within = emit.newBlock("within");
            emit.branch(Comparison.LESS, place, Constant.of((long) haystack.size()), within, next);
            emit.continueIn(within);
            Value character = at(haystack.address(), place);
            Block same = emit.newBlock("same");
            Block different = emit.newBlock("different");
            emit.branch(Comparison.EQUAL, character, wanted, same, different);
            emit.continueIn(different);
            emit.branch(Comparison.EQUAL, character, Emit.ZERO, end, next);
            emit.continueIn(same);
        });
        emit.continueIn(all);
        emit.jump(found);
    }
}
