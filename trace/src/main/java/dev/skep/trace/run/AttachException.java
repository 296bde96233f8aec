package dev.skep.trace.run;

import dev.skep.object.host.HostException;

/** A probe could not be attached, and the script wants all of its probes ({@code missing_probes}). */
public final class AttachException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** None at all could be attached. */
    AttachException(String message) {
        super(message);
    }

    /** @param message with the probe's name and why */
    public AttachException(String message, HostException cause) {
        super(message, cause);
    }
}
