package dev.skep.verifier.repair;

import dev.skep.object.BpfObject;
import dev.skep.object.image.ProgramImage;
import dev.skep.verifier.Fix;
import dev.skep.verifier.Place;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Rejection;
import dev.skep.verifier.VerifierOptions;
import dev.skep.verifier.explain.Source;
import dev.skep.verifier.explore.Verification;
import dev.skep.verifier.kernel.KernelModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Looks for changes that make a rejected program acceptable: each that could help is made, to the instructions, and the whole program
 * verified again. If something else is rejected then, that is looked at in the same way, for a few rounds.
 */
public final class RepairSearch {
    private static final int ROUNDS = 5;

    /** What all attempts may follow together, beyond what one verification may. */
    private static final long INSTRUCTIONS = 2_000_000;

    /** In how many copies of a line the same change may be made: a loop is seldom unrolled more often. */
    private static final int REPEATS = 64;

    private final KernelModel kernel;
    private final VerifierOptions options;
    private int attempts;
    private int repeats = REPEATS;
    private long instructions = INSTRUCTIONS;

    private RepairSearch(KernelModel kernel, VerifierOptions options) {
        this.kernel = kernel;
        this.options = options.withRepairs(0);
        attempts = options.repairs();
    }

    /**
     * A program on the way to being accepted.
     *
     * @param origins where its slots were before the first change, -1 for what is new
     * @param fixes what was changed so far
     */
    private record Attempt(
            BpfObject object, ProgramImage image, IntUnaryOperator origins, List<Fix> fixes, ProgramVerdict verdict) {
        Attempt {
            fixes = List.copyOf(fixes);
        }

        boolean hasCode() {
            return fixes.stream().noneMatch(fix -> fix.code().isEmpty());
        }
    }

    /**
     * The rejection with fixes that were tried: with all of the verified ones in it the program is accepted.
     *
     * @param options how often to try: {@link VerifierOptions#repairs()}
     */
    public static Rejection search(
            BpfObject object,
            ProgramImage image,
            KernelModel kernel,
            VerifierOptions options,
            ProgramVerdict.Rejected rejected) {
        Attempt start = new Attempt(object, image, slot -> slot, List.of(), rejected);
        return new RepairSearch(kernel, options).improved(rejected.rejection(), start);
    }

    private Rejection improved(Rejection rejection, Attempt start) {
        Optional<Attempt> best = round(start, ROUNDS);
        if (best.isEmpty()) {
            return rejection;
        }
        return switch (best.get().verdict()) {
            case ProgramVerdict.Accepted accepted ->
                rejection.withFixes(
                        best.get().fixes().stream().map(Fix::asVerified).toList());
            case ProgramVerdict.Rejected next -> rejection.withFixes(partial(rejection, best.get(), next.rejection()));
        };
    }

    /** Fixes that remove the rejection, but only until the next. */
    private static List<Fix> partial(Rejection rejection, Attempt best, Rejection next) {
        List<Fix> fixes = new ArrayList<>();
        Fix last = best.fixes().getLast();
        best.fixes().stream().limit(best.fixes().size() - 1L).forEach(fixes::add);
        fixes.add(last.described(last.description() + "; then the next rejection is "
                + next.cause().id()
                + (next.place().hasLine() ? " on line " + next.place().line() : "")));
        boolean useful = fixes.stream().noneMatch(fix -> fix.code().isEmpty());
        return useful ? fixes : rejection.fixes();
    }

    /** The best that can be made of {@code from}, which is rejected; empty if nothing helps. */
    private Optional<Attempt> round(Attempt from, int rounds) {
        Rejection rejection = ((ProgramVerdict.Rejected) from.verdict()).rejection();
        Situation situation = new Situation(from.object(), from.image(), kernel, rejection);
        Optional<Attempt> accepted = Optional.empty();
        List<Attempt> further = new ArrayList<>();
        List<Candidate> candidates = CandidateFinder.find(situation);
        Optional<Candidate> again = again(from, candidates);
        if (again.isPresent()) {
            return repeat(from, again.get(), rounds);
        }
        for (Candidate candidate : candidates) {
            Optional<Attempt> attempt = attempts > 0 && instructions > 0 ? attempt(from, candidate) : Optional.empty();
            if (attempt.isPresent() && attempt.get().verdict().isAccepted()) {
                if (attempt.get().hasCode()) {
                    return attempt;
                }
                accepted = accepted.or(() -> attempt);
            } else {
                attempt.filter(next -> removes(from, rejection, next)).ifPresent(further::add);
            }
        }
        return accepted.or(() -> goOn(further, rounds - 1));
    }

    /** What mended another copy of the same line's instructions, in a loop that was unrolled, mends this one. */
    private Optional<Candidate> again(Attempt from, List<Candidate> candidates) {
        FixList made = new FixList(from.fixes());
        return candidates.stream()
                .filter(candidate -> repeats > 0 && made.repeats(candidate.fixes()))
                .findFirst();
    }

    private Optional<Attempt> repeat(Attempt from, Candidate candidate, int rounds) {
        repeats--;
        attempts++;
        Rejection rejection = ((ProgramVerdict.Rejected) from.verdict()).rejection();
        return attempt(from, candidate)
                .filter(next -> next.verdict().isAccepted() || removes(from, rejection, next))
                .flatMap(next -> next.verdict().isAccepted() ? Optional.of(next) : round(next, rounds));
    }

    private Optional<Attempt> goOn(List<Attempt> further, int rounds) {
        Optional<Attempt> best = further.stream().findFirst();
        for (Attempt next : further) {
            Optional<Attempt> better = rounds > 0 ? round(next, rounds) : Optional.empty();
            if (better.filter(attempt -> attempt.verdict().isAccepted()).isPresent()) {
                return better;
            }
        }
        return best;
    }

    private Optional<Attempt> attempt(Attempt from, Candidate candidate) {
        Optional<RepairApplication.Repaired> repaired =
                RepairApplication.apply(from.object(), from.image(), kernel, candidate.repairs());
        if (repaired.isEmpty()) {
            return Optional.empty();
        }
        attempts--;
        EditedImage edited = withText(repaired.get().edited(), candidate.fixes());
        int limit = (int) Math.min(options.instructionLimit(), instructions);
        ProgramVerdict verdict =
                Verification.of(repaired.get().object(), edited.image(), kernel, options.withInstructionLimit(limit));
        instructions -= verdict.statistics().instructionsProcessed();
        IntUnaryOperator origins = slot -> edited.origin(slot).isPresent()
                ? from.origins().applyAsInt(edited.origin(slot).getAsInt())
                : -1;
        FixList made = new FixList(from.fixes());
        List<Fix> added = made.repeats(candidate.fixes()) ? List.of() : inSource(from, edited, candidate);
        return Optional.of(new Attempt(
                repaired.get().object(),
                edited.image(),
                origins,
                made.with(added).fixes(),
                verdict));
    }

    /** With the lines as they then are, for what is thought out next. */
    private static EditedImage withText(EditedImage edited, List<Fix> fixes) {
        EditedImage changed = edited;
        for (Fix fix : fixes) {
            String text = FixList.changed(fix);
            changed = text.isEmpty() ? changed : changed.withText(fix.place(), text);
        }
        return changed;
    }

    private static List<Fix> inSource(Attempt from, EditedImage edited, Candidate candidate) {
        Fix fix = candidate.fixes().getFirst();
        boolean inC = SourceEdits.isC(fix.place());
        boolean text = inC || !fix.code().isEmpty() || edited.changes().isEmpty();
        List<Fix> fixes = text
                ? candidate.fixes()
                : AssemblyText.fixes(edited, Source.of(from.object(), from.image()), fix.description());
        return fixes.stream().map(each -> original(each, from)).toList();
    }

    /** With the instruction's place in the program as it was before any change. */
    private static Fix original(Fix fix, Attempt from) {
        Place place = fix.place();
        int slot = place.instruction() < 0 ? -1 : from.origins().applyAsInt(place.instruction());
        return fix.at(new Place(slot, place.function(), place.file(), place.line(), place.column(), place.text()));
    }

    /** Whether the next failure is another one, and not one that the change itself makes. */
    private static boolean removes(Attempt from, Rejection rejection, Attempt next) {
        Rejection other = ((ProgramVerdict.Rejected) next.verdict()).rejection();
        int now = other.place().instruction();
        int then = rejection.place().instruction();
        boolean ofTheChange = now >= 0 && next.origins().applyAsInt(now) < 0;
        boolean same = now >= 0
                && then >= 0
                && next.origins().applyAsInt(now) == from.origins().applyAsInt(then)
                && other.cause() == rejection.cause();
        return now >= 0 && !ofTheChange && !same;
    }
}
