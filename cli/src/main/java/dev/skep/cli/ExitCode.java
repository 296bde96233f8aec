package dev.skep.cli;

import dev.skep.engine.RejectedProgramException;
import dev.skep.linux.load.LoadException;
import dev.skep.linux.load.Rejection;
import dev.skep.object.InputException;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;

/** What the exit codes of {@code skep} mean. */
public final class ExitCode {
    /** Done. */
    public static final int OK = 0;

    /** Done, and the answer is no (say, a program was rejected); or Skep itself failed. */
    public static final int FAILED = 1;

    /** The command line or the input is wrong. */
    public static final int BAD_INPUT = 2;

    /** This machine lacks something: a privilege, a kernel feature, a program. The launcher uses it for a missing JDK. */
    public static final int UNAVAILABLE = 3;

    private ExitCode() {}

    /** The one for what the library throws: bad input, a system that lacks or forbids something, or an answer that is no. */
    public static int of(RuntimeException failure) {
        return switch (failure) {
            case InputException _ -> BAD_INPUT;
            case RejectedProgramException _ -> FAILED;
            case LoadException refused -> of(refused.rejection());
            case HostException refused -> of(refused.errno());
            default -> FAILED;
        };
    }

    /** What the verifier says about a program is an answer; what the kernel says without looking at it is about this system. */
    public static int of(Rejection rejection) {
        return rejection.log().reason().isEmpty() ? of(rejection.errno()) : FAILED;
    }

    /** A privilege, a resource or a part of the kernel is missing, whatever was asked for; the other errors are about that. */
    private static int of(Errno errno) {
        return switch (errno) {
            case EPERM, EACCES, ENOSYS, EOPNOTSUPP, ENOTSUPP, ENOMEM, EMFILE, ENFILE -> UNAVAILABLE;
            default -> FAILED;
        };
    }
}
