package dev.skep.trace.code;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where loops and the program are left. */
final class Exits {
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
    void end(Emit emit, Value result) {
        emit.builder()
                .end(new Terminator.Return(Optional.of(result), emit.builder().position()));
        emit.continueIn(emit.newBlock("unreached"));
    }

    /** Ends the program with 0. */
    void end(Emit emit) {
        end(emit, Constant.of(0));
    }
}
