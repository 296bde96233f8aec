package dev.skep.object.host;

/** A host refused or failed. The message says what was attempted, what came back and what to do about it. */
public class HostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Errno errno;

    /** @param message what was attempted, what was found, what to do; the errno's name is put before it */
    public HostException(Errno errno, String message) {
        super(errno + ": " + message);
        this.errno = errno;
    }

    /** The error number the kernel gave or would give. */
    public Errno errno() {
        return errno;
    }
}
