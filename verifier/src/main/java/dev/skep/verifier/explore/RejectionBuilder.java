package dev.skep.verifier.explore;

import dev.skep.verifier.Culprit;
import dev.skep.verifier.Place;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.Rejection;
import dev.skep.verifier.Statistics;
import dev.skep.verifier.explain.Explainer;
import dev.skep.verifier.explain.Refused;
import dev.skep.verifier.explain.Source;
import dev.skep.verifier.program.ProgramCode;
import dev.skep.verifier.state.ProgramState;
import org.jspecify.annotations.Nullable;

/** From a rule's refusal to a rejection with its path. */
final class RejectionBuilder {
    private RejectionBuilder() {}

    /** A refusal of the program as a whole. */
    static ProgramVerdict withoutPath(ProgramCode code, Refusal refusal) {
        Refused refused = new Refused(refusal.cause(), refusal.message(), new Culprit.Code(), Place.PROGRAM);
        Rejection rejection =
                Explainer.explain(refused, Rejection.Path.NONE, Source.of(code.object(), code.image()));
        return new ProgramVerdict.Rejected(code.spec().name(), rejection, Statistics.NONE);
    }

    /** A refusal on a path. @param failed the state it was refused in, null if it was none of a path's */
    static ProgramVerdict build(
            ProgramCode code,
            Refusal refusal,
            @Nullable ProgramState failed,
            Rejection.Path path,
            Statistics statistics) {
        Source source = Source.of(code.object(), code.image());
        Place place = failed == null ? Place.PROGRAM : source.at(failed.slot());
        Refused refused = new Refused(refusal.cause(), refusal.message(), culprit(refusal, failed), place);
        Rejection rejection = Explainer.explain(refused, path, source);
        return new ProgramVerdict.Rejected(code.spec().name(), rejection, statistics);
    }

    private static Culprit culprit(Refusal refusal, @Nullable ProgramState failed) {
        int frame = failed == null ? 0 : failed.frameCount() - 1;
        if (refusal.stackOffset() != 0) {
            return new Culprit.StackSlot(frame, refusal.stackOffset(), 1);
        }
        return refusal.register() == Refusal.NONE
                ? new Culprit.Code()
                : new Culprit.Register(frame, refusal.register());
    }
}
