package dev.skep.verifier.explain;

import dev.skep.verifier.HistoryEntry;
import dev.skep.verifier.Place;
import dev.skep.verifier.Rejection;
import dev.skep.verifier.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Explains a rejection: from what failed and the path to it, whoever found it (our verifier or the kernel's). */
public final class Explainer {
    private Explainer() {}

    /**
     * Explains.
     *
     * @param refused what failed
     * @param path how it got there; the last step is the failing instruction
     * @param source where the instructions come from; {@link Source#NONE} if only the path tells
     */
    public static Rejection explain(Refused refused, Rejection.Path path, Source source) {
        List<Step> steps =
                path.steps().stream().map(step -> placed(step, source)).toList();
        Place failing = better(refused.place(), source, steps);
        Refused placed = new Refused(refused.cause(), refused.kernelMessage(), refused.culprit(), failing);
        Evidence evidence = Evidence.of(placed, source, new Trace(steps));
        Advice advice = advice(evidence);
        return new Rejection(
                refused.cause(),
                refused.kernelMessage(),
                failing,
                refused.culprit(),
                history(evidence),
                RootCause.of(evidence),
                new Rejection.Path(path.omitted(), steps),
                advice.message(),
                advice.suggestion(),
                advice.fixes(),
                Optional.empty());
    }

    private static Step placed(Step step, Source source) {
        Place place = source.at(step.place().instruction());
        return (place.hasLine() && !step.place().hasLine()) || (step.place().column() == 0 && place.hasLine())
                ? new Step(place, step.frame(), step.instruction(), step.branch(), step.state())
                : step;
    }

    private static Place better(Place place, Source source, List<Step> steps) {
        if (place.hasLine() && place.column() > 0) {
            return place;
        }
        Place known = place.instruction() >= 0 ? source.at(place.instruction()) : place;
        if (known.hasLine()) {
            return known;
        }
        return steps.isEmpty() || steps.getLast().place().instruction() != place.instruction()
                ? place
                : steps.getLast().place();
    }

    private static List<HistoryEntry> history(Evidence evidence) {
        List<Chain.Link> links = new ArrayList<>(evidence.chain().links());
        links.addAll(evidence.copies());
        links.sort(Comparator.comparingInt(Chain.Link::index));
        HistoryEntry use = new HistoryEntry(HistoryEntry.Event.USED, evidence.place(), "is used here");
        return Stream.concat(links.stream().map(Chain.Link::entry), Stream.of(use))
                .toList();
    }

    private static Advice advice(Evidence evidence) {
        Advice advice = SpeculationAdvice.of(evidence.refused()).orElseGet(() -> adviceByCause(evidence));
        return evidence.source().isJava() ? JavaAdvice.of(advice, evidence) : advice;
    }

    private static Advice adviceByCause(Evidence evidence) {
        MemoryAdvice memory = new MemoryAdvice(evidence);
        CodeAdvice code = new CodeAdvice(evidence);
        boolean seen = evidence.failing().isPresent(); // of some logs only the message is left
        return switch (evidence.refused().cause()) {
            case PACKET_BOUNDS -> seen ? memory.packetBounds() : code.standard();
            case MAP_VALUE_BOUNDS -> seen ? memory.bounds("the map's value") : code.standard();
            case MEMORY_BOUNDS -> seen ? memory.bounds("memory") : code.standard();
            case LENGTH_ARGUMENT -> memory.length();
            case NULLABLE_POINTER -> memory.nullable();
            case SCALAR_AS_POINTER -> memory.scalarAsPointer();
            case UNINITIALIZED_STACK -> memory.uninitializedStack();
            case STACK_ACCESS -> memory.stackAccess();
            case UNINITIALIZED_REGISTER -> code.uninitializedRegister();
            case HELPER_ARGUMENT -> code.helperArgument(false);
            case KERNEL_FUNCTION_ARGUMENT -> code.helperArgument(true);
            case POINTER_ARITHMETIC -> code.pointerArithmetic();
            case REFERENCE -> code.reference();
            case CONTEXT_ACCESS -> code.contextAccess();
            case RETURN_VALUE -> code.returnValue();
            default -> code.standard();
        };
    }
}
