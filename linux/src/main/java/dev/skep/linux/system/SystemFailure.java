package dev.skep.linux.system;

import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;

/** Turns what a system call returned into an exception a person can act on. */
public final class SystemFailure {
    private SystemFailure() {}

    /** The error a negative result stands for; EIO for a number without a name. */
    public static Errno errno(long result) {
        return Errno.of((int) -result).orElse(Errno.EIO);
    }

    /** True if {@code result} is the negative number of {@code errno}. */
    public static boolean is(long result, Errno errno) {
        return result == errno.negated();
    }

    /** @param result what the call returned, negative @param attempted what was tried, in the infinitive: "open /a/b" */
    public static HostException refused(long result, String attempted) {
        return refused(result, attempted, "");
    }

    /** @param advice what to do about it, or "" */
    public static HostException refused(long result, String attempted, String advice) {
        Errno errno = errno(result);
        String what = errno.number() == -result ? errno.meaning() : "error number " + -result;
        return new HostException(errno, "cannot " + attempted + ": " + what + (advice.isEmpty() ? "" : "; " + advice));
    }

    /** {@code result} itself if it is no error. @throws HostException if it is one */
    public static long check(long result, String attempted) {
        if (result < 0) {
            throw refused(result, attempted);
        }
        return result;
    }
}
