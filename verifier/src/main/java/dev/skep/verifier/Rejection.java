package dev.skep.verifier;

import java.util.List;
import java.util.Optional;

/**
 * Why a program is rejected, as a value. All renderings are made from this.
 *
 * @param cause one of the closed set
 * @param kernelMessage the kernel's own words, as its log has them; "" if the kernel says nothing and only returns an error
 * @param place the instruction that fails
 * @param culprit what is at fault there
 * @param history what happened to the culprit, from the oldest to the failure
 * @param rootCause the place that has to change: where the value got out of hand or the check is missing; often not the
 *     failing one
 * @param path how the verifier got there
 * @param message what is wrong, one line in words of the source
 * @param suggestion what to do about it
 * @param fixes changes that would help, those that were verified first
 * @param counterexample an input that goes wrong, where one was found; the verifier itself looks for none
 */
public record Rejection(
        Cause cause,
        String kernelMessage,
        Place place,
        Culprit culprit,
        List<HistoryEntry> history,
        Place rootCause,
        Path path,
        String message,
        String suggestion,
        List<Fix> fixes,
        Optional<Counterexample> counterexample) {
    public Rejection {
        history = List.copyOf(history);
        fixes = List.copyOf(fixes);
    }

    /** A rejection of the program as a whole, with no path: a missing licence, code that cannot be decoded. */
    public static Rejection of(Cause cause, String kernelMessage, Place place, String message, String suggestion) {
        return new Rejection(
                cause,
                kernelMessage,
                place,
                new Culprit.Code(),
                List.of(),
                place,
                Path.NONE,
                message,
                suggestion,
                List.of(),
                Optional.empty());
    }

    /** The same, told in other words. */
    public Rejection withAdvice(String newMessage, String newSuggestion) {
        return new Rejection(
                cause,
                kernelMessage,
                place,
                culprit,
                history,
                rootCause,
                path,
                newMessage,
                newSuggestion,
                fixes,
                counterexample);
    }

    /** The same with what led to it. */
    public Rejection withHistory(List<HistoryEntry> newHistory, Place newRootCause) {
        return new Rejection(
                cause,
                kernelMessage,
                place,
                culprit,
                newHistory,
                newRootCause,
                path,
                message,
                suggestion,
                fixes,
                counterexample);
    }

    /** The same with an input that goes wrong. */
    public Rejection withCounterexample(Counterexample example) {
        return new Rejection(
                cause,
                kernelMessage,
                place,
                culprit,
                history,
                rootCause,
                path,
                message,
                suggestion,
                fixes,
                Optional.of(example));
    }

    /** The same with other fixes. */
    public Rejection withFixes(List<Fix> newFixes) {
        return new Rejection(
                cause,
                kernelMessage,
                place,
                culprit,
                history,
                rootCause,
                path,
                message,
                suggestion,
                newFixes,
                counterexample);
    }

    /**
     * A path through the program.
     *
     * @param omitted so many steps before the first were left out because the path is long
     * @param steps in the order they run
     */
    public record Path(int omitted, List<Step> steps) {
        /** No instruction was followed. */
        public static final Path NONE = new Path(0, List.of());

        public Path {
            steps = List.copyOf(steps);
        }
    }
}
