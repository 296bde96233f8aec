package dev.skep.verifier.log;

import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.image.ProgramImageBuilder;
import dev.skep.object.program.ProgramSpec;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Culprit;
import dev.skep.verifier.Place;
import dev.skep.verifier.Rejection;
import dev.skep.verifier.Step;
import dev.skep.verifier.explain.Explainer;
import dev.skep.verifier.explain.Refused;
import dev.skep.verifier.explain.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;

/** Explains a rejection from what a kernel wrote about it. */
public final class LogExplainer {
    private final KernelLog log;
    private final Rejection.Path path;
    private final KernelMessage message;

    private LogExplainer(KernelLog log) {
        this.log = log;
        this.path = log.path().steps().isEmpty()
                ? log.diagnosis().map(found -> new DiagnosedPath(found).path()).orElse(log.path())
                : log.path();
        Map<String, String> parts = new HashMap<>();
        log.messages().reversed().forEach(each -> parts.putAll(each.parts()));
        KernelMessage reason = log.messages().getFirst();
        KernelMessage complete =
                new KernelMessage(reason.text(), reason.cause(), parts, reason.recognized(), reason.supplement());
        Cause cause = MessageCause.of(complete, lastStep());
        this.message = new KernelMessage(reason.text(), cause, parts, reason.recognized(), reason.supplement());
    }

    /**
     * Explains with what the log alone tells; since 6.9 that includes files and lines.
     *
     * @return empty if nothing in the log speaks of a rejection
     */
    public static Optional<Rejection> explain(KernelLog log) {
        return explain(log, Source.NONE);
    }

    /**
     * Explains with the lines, columns and functions that the object knows.
     *
     * @param program the one the log is about
     * @return empty if nothing in the log speaks of a rejection
     * @throws InputException if the program cannot be put together
     */
    public static Optional<Rejection> explain(KernelLog log, BpfObject object, ProgramSpec program) {
        return explain(log, Source.of(object, ProgramImageBuilder.build(object, program)));
    }

    private static Optional<Rejection> explain(KernelLog log, Source source) {
        return log.rejected() ? Optional.of(new LogExplainer(log).rejection(source)) : Optional.empty();
    }

    private Rejection rejection(Source source) {
        Refused refused = new Refused(message.cause(), words(), culprit(), place());
        Rejection rejection = MessageAdvice.of(message.text(), Explainer.explain(refused, path, source));
        return log.diagnosis().map(diagnosis -> diagnosed(rejection, diagnosis)).orElse(rejection);
    }

    /** What the kernel itself knows better, or suggests. */
    private Rejection diagnosed(Rejection rejection, Diagnosis diagnosis) {
        String suggestion = rejection.suggestion()
                + (diagnosis.suggestion().isEmpty() ? "" : " (the kernel suggests: " + diagnosis.suggestion() + ")");
        Rejection advised = rejection.withAdvice(rejection.message(), suggestion);
        if (!log.path().steps().isEmpty()) {
            return advised;
        }
        DiagnosedPath told = new DiagnosedPath(diagnosis);
        return advised.withHistory(told.history(), told.rootCause().orElse(rejection.rootCause()));
    }

    /** The kernel's words: the reason, with what belongs to it. */
    private String words() {
        StringJoiner words = new StringJoiner("\n");
        List<KernelMessage> messages = log.messages();
        boolean ofArgument =
                message.cause() == Cause.GLOBAL_FUNCTION_ARGUMENT || message.cause() == Cause.KERNEL_FUNCTION_ARGUMENT;
        messages.stream()
                .skip(1)
                .filter(each -> ofArgument && !each.supplement())
                .limit(1)
                .forEach(each -> words.add(each.text()));
        words.add(messages.getFirst().text());
        messages.stream().skip(1).filter(KernelMessage::supplement).forEach(each -> words.add(each.text()));
        log.diagnosis()
                .map(Diagnosis::reason)
                .filter(reason -> !reason.isEmpty() && !message.text().endsWith(reason))
                .ifPresent(words::add);
        return words.toString();
    }

    private Optional<Step> lastStep() {
        return path.steps().isEmpty()
                ? Optional.empty()
                : Optional.of(path.steps().getLast());
    }

    private Culprit culprit() {
        return lastStep()
                .map(step -> Culprits.of(message, step.frame(), step.instruction()))
                .orElseGet(() -> Culprits.of(message, 0, ""));
    }

    private Place place() {
        OptionalInt named = message.number("instruction");
        Optional<Step> last = lastStep();
        if (last.isEmpty()) {
            return named.isPresent() ? Place.at(named.getAsInt(), "") : Place.PROGRAM;
        }
        if (message.cause() == Cause.UNBOUNDED_LOOP && named.isPresent()) { // known before the instruction is shown
            return Place.at(named.getAsInt(), "");
        }
        Place place = last.get().place();
        return log.diagnosis()
                .flatMap(Diagnosis::place)
                .map(Diagnosis.Event::place)
                .filter(exact -> exact.instruction() == place.instruction() && exact.hasLine())
                .orElse(place);
    }
}
