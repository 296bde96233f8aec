package dev.skep.object.core;

/**
 * A relocation that libbpf refuses altogether, rather than leaving it to the verifier. It carries no place: whoever knows
 * the site turns it into an outcome or an {@code InputException}.
 */
final class CoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String advice;

    /** @param problem what is wrong @param advice what to do about it; both without a full stop */
    CoreFailure(String problem, String advice) {
        super(problem, null, false, false);
        this.advice = advice;
    }

    String problem() {
        return String.valueOf(getMessage());
    }

    String advice() {
        return advice;
    }
}
