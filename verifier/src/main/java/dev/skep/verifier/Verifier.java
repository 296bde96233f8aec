package dev.skep.verifier;

import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.core.CoreRelocator;
import dev.skep.object.core.CoreTarget;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.image.ProgramImageBuilder;
import dev.skep.object.image.StrayJumpException;
import dev.skep.object.program.ProgramSpec;
import dev.skep.verifier.explain.Explainer;
import dev.skep.verifier.explain.Refused;
import dev.skep.verifier.explain.Source;
import dev.skep.verifier.explore.Verification;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.repair.RepairSearch;
import java.util.ArrayList;
import java.util.List;

/**
 * Proves programs safe as the Linux kernel does, without a kernel.
 *
 * <pre>{@code
 * Verdict verdict = Verifier.verify(object, KernelModel.newest());
 * if (verdict.programs().getFirst() instanceof ProgramVerdict.Rejected no) {
 *     System.out.println(no.rejection().message());
 * }
 * }</pre>
 */
public final class Verifier {
    private Verifier() {}

    /** Verifies every program of {@code object} that loads by itself, for {@code kernel}. */
    public static Verdict verify(BpfObject object, KernelModel kernel) {
        return verify(object, kernel, VerifierOptions.DEFAULT);
    }

    /** As {@link #verify(BpfObject, KernelModel)}, with options. */
    public static Verdict verify(BpfObject object, KernelModel kernel, VerifierOptions options) {
        List<ProgramVerdict> verdicts = new ArrayList<>();
        for (ProgramSpec program : object.programs()) {
            verdicts.add(verify(object, program, kernel, options));
        }
        return new Verdict(object.name(), kernel.version(), verdicts);
    }

    /** Verifies one program of {@code object}. */
    public static ProgramVerdict verify(
            BpfObject object, ProgramSpec program, KernelModel kernel, VerifierOptions options) {
        ProgramImage image;
        try {
            image = image(object, program, kernel);
        } catch (StrayJumpException stray) {
            return unreadable(program, Cause.CONTROL_FLOW, stray);
        } catch (InputException wrong) { // a relocation or a reference that does not fit
            return unreadable(program, Cause.TYPE_INFORMATION, wrong);
        }
        ProgramVerdict verdict = Verification.of(object, image, kernel, options);
        // Repairs are written in C.
        return verdict instanceof ProgramVerdict.Rejected rejected
                        && options.repairs() > 0
                        && !Source.of(object, image).isJava()
                ? new ProgramVerdict.Rejected(
                        rejected.program(),
                        RepairSearch.search(object, image, kernel, options, rejected),
                        rejected.statistics())
                : verdict;
    }

    private static ProgramImage image(BpfObject object, ProgramSpec program, KernelModel kernel) {
        if (kernel.types().isEmpty()) {
            return ProgramImageBuilder.build(object, program);
        }
        CoreRelocator relocator = CoreRelocator.of(
                object, List.of(new CoreTarget("vmlinux", kernel.types().get())));
        return ProgramImageBuilder.build(object, program, relocator::relocate);
    }

    private static ProgramVerdict unreadable(ProgramSpec program, Cause cause, InputException wrong) {
        Refused refused = new Refused(cause, wrong.problem(), new Culprit.Code(), Place.PROGRAM);
        Rejection rejection = Explainer.explain(refused, Rejection.Path.NONE, Source.NONE);
        return new ProgramVerdict.Rejected(program.name(), rejection, Statistics.NONE);
    }
}
