package dev.skep.trace.code;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Value;
import dev.skep.trace.plan.Action;
import dev.skep.trace.source.Span;
import java.util.List;
import java.util.Optional;

/** Tells what goes wrong while a program runs. */
final class FailureCode {
    private static final String BY_ZERO =
            "Divide or modulo by 0 detected. This can lead to unexpected results. 1 is being " + "used as the result.";

    private final Program program;
    private final Emit emit;
    private final EventCode events;

    FailureCode(Program program, ExpressionCode expressions) {
        this.program = program;
        this.emit = program.emit();
        this.events = new EventCode(program, expressions, new ReadCode(program, expressions));
    }

    /** A map that is full does not take an element. @param result of the helper */
    void ifNotUpdated(Value result, Span place) {
        tell(result, "map_update_elem", place);
    }

    /** There was nothing to delete; told if that is asked for. */
    void ifNotDeleted(Value result, Span place) {
        if (program.unit().tellsFailures()) {
            tell(result, "map_delete_elem", place);
        }
    }

    /** There is nothing to read; told if that is asked for. @param found perhaps null */
    void ifNotFound(Value found, Span place) {
        if (program.unit().tellsFailures()) {
            Block absent = emit.newBlock("not_found");
            Block end = emit.newBlock("looked_up");
            emit.branch(Comparison.EQUAL, found, Constant.nullPointer((Pointer) found.type()), absent, end);
            emit.continueIn(absent);
            events.send(new Action.HelperFailed("map_lookup_elem", place), Emit.ZERO);
            emit.jump(end);
            emit.continueIn(end);
        }
    }

    private void tell(Value result, String helper, Span place) {
        Block failed = emit.newBlock("failed");
        Block end = emit.newBlock("went_well");
        emit.branch(Comparison.SIGNED_LESS, result, Emit.ZERO, failed, end);
        emit.continueIn(failed);
        events.send(new Action.HelperFailed(helper, place), result);
        emit.jump(end);
        emit.continueIn(end);
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
                    events.send(new Action.Complain(new Action.Formatted(BY_ZERO, List.of()), false, place));
                    return Emit.ONE;
                },
                () -> emit.binary(operator, left, right));
    }

    /** Whether an operator divides. */
    static boolean divides(Optional<dev.skep.trace.tree.BinaryOperator> operator) {
        return operator.filter(each -> each == dev.skep.trace.tree.BinaryOperator.DIVIDE
                        || each == dev.skep.trace.tree.BinaryOperator.REMAINDER)
                .isPresent();
    }
}
