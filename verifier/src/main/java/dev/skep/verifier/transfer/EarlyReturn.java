package dev.skep.verifier.transfer;

import dev.skep.verifier.state.Entry;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Value;

/** Instructions that may end the function they are in: what it would have done later is then not done. */
final class EarlyReturn {
    private EarlyReturn() {}

    /** Puts a path aside that goes on in the caller. @param result what the caller finds in r0 */
    static void fork(ProgramState state, Environment environment, Value result) {
        if (state.frameCount() == 1) {
            return;
        }
        ProgramState early = state.copy();
        Entry entry = early.leave().entry();
        if (entry.isSynchronousCallback()) {
            early.jumpTo(entry.callSite());
        } else {
            early.set(0, result);
            early.jumpTo(entry.callSite() + 1);
        }
        environment.paths().fork(early);
    }
}
