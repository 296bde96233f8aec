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

/** Explains a rejection from what a kernel wrote about it. */
public final class LogExplainer {
    private LogExplainer() {}

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
        if (!log.rejected()) {
            return Optional.empty();
        }
        KernelMessage message = log.messages().getFirst();
        Map<String, String> parts = new HashMap<>();
        log.messages().reversed().forEach(m -> parts.putAll(m.parts()));
        KernelMessage merged =
                new KernelMessage(message.text(), cause(log.messages(), log), parts, message.recognized());
        Refused refused = new Refused(merged.cause(), message.text(), culprit(merged, log), place(merged, log));
        return Optional.of(Explainer.explain(refused, log.path(), source));
    }

    /** A message about an access may be said of maps and of other memory: the pointer tells which. */
    private static Cause cause(List<KernelMessage> messages, KernelLog log) {
        Cause cause = messages.getFirst().cause();
        List<Step> steps = log.path().steps();
        OptionalInt register = messages.getFirst().number("register");
        if (cause != Cause.MAP_VALUE_BOUNDS || steps.isEmpty() || register.isEmpty()) {
            return cause;
        }
        String pointer = steps.getLast().state().getOrDefault("R" + register.getAsInt(), "");
        if (pointer.startsWith("pkt")) {
            return Cause.PACKET_BOUNDS;
        }
        return pointer.contains("mem(") || pointer.contains("buf(") ? Cause.MEMORY_BOUNDS : cause;
    }

    private static Culprit culprit(KernelMessage message, KernelLog log) {
        List<Step> steps = log.path().steps();
        return steps.isEmpty()
                ? Culprits.of(message, 0, "")
                : Culprits.of(message, steps.getLast().frame(), steps.getLast().instruction());
    }

    private static Place place(KernelMessage message, KernelLog log) {
        List<Step> steps = log.path().steps();
        OptionalInt named = message.number("instruction");
        boolean checkedBefore = steps.isEmpty();
        if (checkedBefore && named.isPresent()) {
            return Place.at(named.getAsInt(), "");
        }
        return steps.isEmpty() ? Place.PROGRAM : steps.getLast().place();
    }
}
