package dev.skep.trace.code;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Value;
import dev.skep.object.program.HelperId;
import dev.skep.trace.type.TraceType;

/** Puts numbers into time series, which {@link TraceType.TimeSeries} lays out. */
final class SeriesCode {
    private static final int META = TraceType.TimeSeries.META;
    private static final int NUMBER = TraceType.TimeSeries.NUMBER;

    private final Emit emit;
    private final TraceType.TimeSeries type;

    SeriesCode(Emit emit, TraceType.TimeSeries type) {
        this.emit = emit;
        this.type = type;
    }

    /** Adds a number to this moment's interval. @param series the address of the series */
    void add(Value series, Value number) {
        Value now = emit.call(HelperId.KTIME_GET_BOOT_NS);
        Value interval = emit.binary(BinaryOperator.DIVIDE, now, Constant.of(type.interval()));
        Value index = emit.binary(BinaryOperator.REMAINDER, interval, Constant.of((long) type.count()));
        Block within = emit.newBlock("within");
        Block used = emit.newBlock("used");
        Block first = emit.newBlock("first");
        Block again = emit.newBlock("again");
        Block end = emit.newBlock("recorded");
        emit.branch(Comparison.GREATER_OR_EQUAL, index, Constant.of((long) type.count()), end, within);
        emit.continueIn(within);
        Value slot = emit.offset(
                series, emit.binary(BinaryOperator.MULTIPLY, index, Constant.of((long) TraceType.TimeSeries.SLOT)));
        // A slot that was never used has the number 0, as the first interval after the boot has.
        emit.branch(Comparison.EQUAL, emit.load(slot, META, 8, false), Emit.ZERO, first, used);
        emit.continueIn(used);
        emit.branch(Comparison.EQUAL, emit.load(slot, NUMBER, 8, false), interval, again, first);
        emit.continueIn(first);
        emit.store(slot, 0, 8, number);
        emit.store(slot, META, 8, type.join() == TraceType.TimeSeries.Join.LAST ? now : Emit.ONE);
        emit.store(slot, NUMBER, 8, interval);
        emit.jump(end);
        emit.continueIn(again);
        join(slot, number, now);
        emit.jump(end);
        emit.continueIn(end);
    }

    private void join(Value slot, Value number, Value now) {
        switch (type.join()) {
            case LAST -> {
                emit.store(slot, 0, 8, number);
                emit.store(slot, META, 8, now);
            }
            case SUM, AVERAGE -> {
                emit.store(slot, 0, 8, emit.binary(BinaryOperator.ADD, emit.load(slot, 0, 8, false), number));
                emit.store(slot, META, 8, emit.plus(emit.load(slot, META, 8, false), 1));
            }
            case GREATEST -> keep(slot, number, Arithmetic.better(true, type.signed()));
            case LEAST -> keep(slot, number, Arithmetic.better(false, type.signed()));
        }
    }

    private void keep(Value slot, Value number, Comparison better) {
        Block replace = emit.newBlock("replace");
        Block kept = emit.newBlock("kept");
        emit.branch(better, number, emit.load(slot, 0, 8, false), replace, kept);
        emit.continueIn(replace);
        emit.store(slot, 0, 8, number);
        emit.jump(kept);
        emit.continueIn(kept);
    }
}
