package dev.skep.trace.code;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where loops and the program are left. */
abstract sealed class Exits {
    /** A loop. @param next where its next round starts @param end what comes after it */
    record Loop(Block next, Block end) {}

    private final List<Loop> loops = new ArrayList<>();

    void enter(Block next, Block end) {
        loops.add(new Loop(next, end));
    }

    void leave() {
        loops.removeLast();
    }

    /** The innermost loop. */
    Loop loop() {
        return loops.getLast();
    }

    /** Ends the program, and goes on with code that is never reached. */
    abstract void end(Emit emit, Value result);

    /** Leaves the function, and goes on with code that is never reached. */
    static void leaveFunction(Emit emit, Value result) {
        emit.builder()
                .end(new Terminator.Return(Optional.of(result), emit.builder().position()));
        emit.continueIn(emit.newBlock("unreached"));
    }

    /** Ends the program with 0. */
    void end(Emit emit) {
        end(emit, Constant.of(0));
    }

    /** Of a program itself. */
    static final class OfProgram extends Exits {
        @Override
        void end(Emit emit, Value result) {
            leaveFunction(emit, result);
        }
    }

    /** Of the body of a loop over a map: the function notes that the program is to end, and ends the loop. */
    static final class OfCallback extends Exits {
        private final Value frame;

        /** @param frame what the function is called with */
        OfCallback(Value frame) {
            this.frame = frame;
        }

        @Override
        void end(Emit emit, Value result) {
            emit.store(frame, MapLoopCode.ENDED, 8, Emit.ONE);
            leaveFunction(emit, Constant.of(1));
        }
    }
}
