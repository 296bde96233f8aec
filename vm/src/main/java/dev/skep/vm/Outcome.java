package dev.skep.vm;

import java.time.Duration;
import java.util.Optional;

/**
 * How a test ended.
 *
 * @param name the test's name within its class
 * @param end how it ended
 * @param time how long it took
 */
record Outcome(String name, End end, Duration time) {
    /** The ways to end. */
    sealed interface End {}

    /** Without an error. */
    record Passed() implements End {}

    /**
     * Not run, or not to its end.
     *
     * @param reason why
     */
    record Skipped(String reason) implements End {}

    /**
     * With an error.
     *
     * @param cause what was thrown
     */
    record Failed(Throwable cause) implements End {
        /** Whether the test itself says that something is wrong, rather than breaks. */
        boolean isAssertion() {
            return cause instanceof AssertionError;
        }

        String message() {
            return Optional.ofNullable(cause.getMessage()).orElse("");
        }
    }
}
