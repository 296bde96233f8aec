package dev.skep.engine;

import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.verifier.Place;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Rejection;

/**
 * The verifier rejects a program that was to be loaded into an engine outside checked mode. The message is one line: which
 * program, where, why, and what to do; the whole explanation is in the {@linkplain #verdict() verdict}, which
 * {@link dev.skep.verifier.report.TerminalReport} renders.
 */
public final class RejectedProgramException extends HostException {
    private static final long serialVersionUID = 1;

    private final transient ProgramVerdict.Rejected verdict;

    /**
     * @param object name of the object the program is in
     * @param verdict the verifier's
     */
    public RejectedProgramException(String object, ProgramVerdict.Rejected verdict) {
        super(Errno.EACCES, message(object, verdict));
        this.verdict = verdict;
    }

    private static String message(String object, ProgramVerdict.Rejected verdict) {
        Rejection rejection = verdict.rejection();
        StringBuilder text = new StringBuilder("loading program ")
                .append(verdict.program())
                .append(" of ")
                .append(object)
                .append(": the verifier rejects it: ");
        if (!rejection.place().equals(Place.PROGRAM)) {
            text.append(rejection.place()).append(": ");
        }
        text.append(rejection.message());
        if (!rejection.suggestion().isEmpty()) {
            text.append("; ").append(rejection.suggestion());
        }
        return text.append(" (EngineOptions.withChecked(true) runs it unverified, with every access checked)")
                .toString();
    }

    /** What the verifier says: the cause, the place, how it came to it, and what to do. */
    public ProgramVerdict.Rejected verdict() {
        return verdict;
    }
}
