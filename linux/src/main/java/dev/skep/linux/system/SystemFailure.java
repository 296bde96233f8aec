package dev.skep.linux.system;

import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

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

    /** What Java's file access threw; EIO where it does not tell the system's error. @param attempted as above */
    public static HostException refused(IOException failure, String attempted) {
        Errno errno = switch (failure) {
            case AccessDeniedException _ -> Errno.EACCES;
            case NoSuchFileException _ -> Errno.ENOENT;
            case FileSystemException other when "Too many open files".equals(other.getReason()) -> Errno.EMFILE;
            default -> Errno.EIO;
        };
        return new HostException(errno, "cannot " + attempted + ": " + failure);
    }

    /** {@code result} itself if it is no error. @throws HostException if it is one */
    public static long check(long result, String attempted) {
        if (result < 0) {
            throw refused(result, attempted);
        }
        return result;
    }
}
