package dev.skep.trace.code;

import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Value;
import dev.skep.trace.plan.Failure;
import dev.skep.trace.source.Span;

/** Counts what goes wrong while a program runs. The tracer looks at the counters now and then. */
final class FailureCode {
    private static final String LOOKUP = "map_lookup_elem";
    private static final String UPDATE = "map_update_elem";
    private static final String DELETE = "map_delete_elem";

    private final Unit unit;
    private final Emit emit;

    FailureCode(Program program) {
        this.unit = program.unit();
        this.emit = program.emit();
    }

    /** A map that is full does not take an element. @param result of the helper */
    void ifNotUpdated(Value result, Span place) {
        ifNegative(result, UPDATE, place);
    }

    /** The same, for what has been looked for since: here it is known not to be there. */
    void notUpdated(Value result, Span place) {
        count(new Failure.OfHelper(UPDATE, place), result);
    }

    /** There was nothing to delete; told if that is asked for. */
    void ifNotDeleted(Value result, Span place) {
        if (unit.tellsFailures()) {
            ifNegative(result, DELETE, place);
        }
    }

    /** Memory could not be read. @param helper that tried */
    void ifNotRead(Value result, String helper, Span place) {
        ifNegative(result, helper, place);
    }

    /** There is nothing to read; told if that is asked for. @param found perhaps null */
    void ifNotFound(Value found, Span place) {
        if (unit.tellsFailures()) {
            Constant none = Constant.nullPointer((Pointer) found.type());
            emit.when(
                    Comparison.EQUAL,
                    found,
                    none,
                    "not_found",
                    () -> count(new Failure.OfHelper(LOOKUP, place), Emit.ZERO));
        }
    }

    private void ifNegative(Value result, String helper, Span place) {
        emit.when(
                Comparison.SIGNED_LESS,
                result,
                Emit.ZERO,
                "failed",
                () -> count(new Failure.OfHelper(helper, place), result));
    }

    private void count(Failure failure, Value result) {
        Value counter = unit.failure(emit, failure);
        emit.store(counter, 8, 8, result);
        emit.increment(counter);
    }

    /** The kernel has ended a loop. */
    void cut(Span loop) {
        emit.increment(unit.failure(emit, new Failure.LoopCut(loop)));
    }

    /** A quotient or remainder: 1, and a warning, if the divisor is 0. */
    Value divided(dev.skep.compiler.ir.BinaryOperator operator, Value left, Value right, Span place) {
        if (right instanceof Constant constant && constant.value() != 0) {
            return emit.binary(operator, left, right);
        }
        return emit.choose(
                Comparison.EQUAL,
                right,
                Emit.ZERO,
                () -> {
                    emit.increment(unit.failure(emit, new Failure.DivisionByZero(place)));
                    return Emit.ONE;
                },
                () -> emit.binary(operator, left, right));
    }
}
