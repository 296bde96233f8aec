package dev.skep.verifier.explore;

import dev.skep.verifier.Culprit;
import dev.skep.verifier.Place;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.Rejection;
import dev.skep.verifier.Requirement;
import dev.skep.verifier.Statistics;
import dev.skep.verifier.explain.Explainer;
import dev.skep.verifier.explain.Refused;
import dev.skep.verifier.explain.Source;
import dev.skep.verifier.log.Culprits;
import dev.skep.verifier.log.KernelMessages;
import dev.skep.verifier.log.MessageAdvice;
import dev.skep.verifier.program.ProgramCode;
import dev.skep.verifier.state.ProgramState;
import org.jspecify.annotations.Nullable;

/** From a rule's refusal to a rejection with its path. */
final class RejectionBuilder {
    private RejectionBuilder() {}

    /** A refusal of the program as a whole. */
    static ProgramVerdict withoutPath(ProgramCode code, Refusal refusal) {
        Source source = Source.of(code.object(), code.image());
        int slot =
                refusal.tooNew().map(found -> found.requirement().instruction()).orElse(Requirement.WHOLE_PROGRAM);
        Place place = slot == Requirement.WHOLE_PROGRAM ? Place.PROGRAM : source.at(slot);
        Refused refused = new Refused(refusal.cause(), refusal.message(), new Culprit.Code(), place);
        Rejection rejection = Explainer.explain(refused, Rejection.Path.NONE, source);
        return new ProgramVerdict.Rejected(code.spec().name(), advised(rejection, refusal), Statistics.NONE);
    }

    /** A refusal on a path. @param failed the state it was refused in, null if it was none of a path's */
    static ProgramVerdict build(
            ProgramCode code,
            Refusal refusal,
            @Nullable ProgramState failed,
            Rejection.Path path,
            Statistics statistics) {
        Source source = Source.of(code.object(), code.image());
        Place whole = refusal.slot() == Refusal.NONE ? Place.PROGRAM : source.at(refusal.slot());
        Place place = failed == null ? whole : source.at(failed.slot());
        Refused refused = new Refused(refusal.cause(), refusal.message(), culprit(refusal, failed, path), place);
        Rejection rejection = Explainer.explain(refused, path, source);
        return new ProgramVerdict.Rejected(code.spec().name(), advised(rejection, refusal), statistics);
    }

    /** What is too new, or not allowed to who loads, is better said by name than found out from the kernel's words. */
    private static Rejection advised(Rejection rejection, Refusal refusal) {
        if (refusal.lacking().isPresent()) {
            Refusal.Lacking lacking = refusal.lacking().get();
            return rejection.withAdvice(
                    lacking.what() + " takes " + lacking.names() + ", which who loads the program does not have",
                    "give the loader " + lacking.names() + " (capabilities(7)), or do without");
        }
        return refusal.tooNew()
                .map(found -> rejection.withAdvice(
                        "%s came with Linux %s, the program is verified for %s"
                                .formatted(
                                        found.requirement().what(),
                                        found.requirement().since(),
                                        found.kernel()),
                        "run Linux " + found.requirement().since() + " or newer, or do without "
                                + found.requirement().what()
                                + " there: guarded by bpf_core_enum_value_exists() or bpf_ksym_exists() if it is a function, "
                                + "compiled with a lower -mcpu if it is an instruction"))
                .orElseGet(() -> MessageAdvice.of(refusal.message(), rejection));
    }

    private static Culprit culprit(Refusal refusal, @Nullable ProgramState failed, Rejection.Path path) {
        int frame = failed == null ? 0 : failed.frameCount() - 1;
        if (refusal.stackOffset() != 0) {
            return new Culprit.StackSlot(frame, refusal.stackOffset(), 1);
        }
        if (refusal.register() != Refusal.NONE) {
            return new Culprit.Register(frame, refusal.register());
        }
        String instruction =
                path.steps().isEmpty() ? "" : path.steps().getLast().instruction();
        String first = refusal.message().lines().findFirst().orElse("");
        return Culprits.of(KernelMessages.interpret(first), frame, instruction);
    }
}
