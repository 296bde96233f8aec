package dev.skep.trace.code;

import dev.skep.compiler.ir.Value;
import dev.skep.object.program.HelperId;
import dev.skep.trace.source.Span;
import java.util.Locale;
import java.util.Optional;

/** Counts memory that could not be read, by the innermost expression that wanted it. */
final class ReadWatch {
    private final FailureCode failures;
    private Optional<Span> place = Optional.empty();

    ReadWatch(FailureCode failures) {
        this.failures = failures;
    }

    /** From here on it is this expression that reads. @return the one around it */
    Optional<Span> enter(Span expression) {
        Optional<Span> around = place;
        place = Optional.of(expression);
        return around;
    }

    /** It is the one around again; what reads when there is none does so for the last. */
    void leave(Optional<Span> around) {
        place = around.or(() -> place);
    }

    /** A helper has read. */
    void read(HelperId helper, Value result) {
        place.ifPresent(span -> failures.ifNotRead(result, helper.name().toLowerCase(Locale.ROOT), span));
    }

    /** Whether it is one that reads memory. */
    static boolean reads(HelperId helper) {
        return switch (helper) {
            case PROBE_READ,
                    PROBE_READ_STR,
                    PROBE_READ_KERNEL,
                    PROBE_READ_KERNEL_STR,
                    PROBE_READ_USER,
                    PROBE_READ_USER_STR -> true;
            default -> false;
        };
    }
}
