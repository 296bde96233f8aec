package dev.skep.engine.interpreter;

import dev.skep.object.host.Errno;

/** A program did what it must not; the interpreter adds where. Has no stack trace: it says nothing about our code. */
final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Errno errno;

    /** A use of memory, a map or a function that the program must not make. */
    Violation(String problem) {
        this(Errno.EFAULT, problem);
    }

    Violation(Errno errno, String problem) {
        super(problem, null, false, false);
        this.errno = errno;
    }

    Errno errno() {
        return errno;
    }
}
