package dev.skep.linux.load;

import dev.skep.object.host.HostException;

/** The kernel did not take a program. */
public final class LoadException extends HostException {
    private static final long serialVersionUID = 1;

    private final transient Rejection rejection;

    /** @param object the object's name */
    LoadException(String object, Rejection rejection) {
        super(
                rejection.errno(),
                "the kernel refuses program " + rejection.program().name() + " of " + object + ": "
                        + rejection.summary());
        this.rejection = rejection;
    }

    /** All that is known about it. */
    public Rejection rejection() {
        return rejection;
    }
}
