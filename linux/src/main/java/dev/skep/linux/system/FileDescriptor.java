package dev.skep.linux.system;

import dev.skep.object.host.HostException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.function.IntFunction;

/**
 * An open file descriptor and its owner: whoever has it closes it, once. Thread-safe.
 *
 * <p>The system gives the number of a closed descriptor to the next file that is opened, so a call must not be under way with it then.
 * {@link #call}, and {@link #hold} with {@link #release}, see to that: closing lets nobody in any more, and the descriptor is closed
 * when those inside have left.
 */
public final class FileDescriptor implements AutoCloseable {
    /** {@code O_RDONLY}, {@code O_WRONLY}, {@code O_RDWR}, {@code O_CLOEXEC} of asm-generic/fcntl.h. */
    public static final int O_RDONLY = 0;

    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_CLOEXEC = 0x80000;

    private static final int AT_FDCWD = -100; // linux/fcntl.h
    private static final int F_DUPFD_CLOEXEC = 1030; // linux/fcntl.h

    private final int number;
    private final UseCount uses;

    private FileDescriptor(int number) {
        this.number = number;
        // Linux frees the number even where close reports an error, so there is nothing to do about one.
        this.uses = new UseCount(() -> SystemCalls.call(SystemCall.CLOSE, number, 0, 0));
    }

    /** Becomes the owner of an open descriptor. @param number at least 0 */
    public static FileDescriptor owning(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("no descriptor: " + number);
        }
        return new FileDescriptor((int) number);
    }

    /**
     * Opens a file; the descriptor is closed on exec.
     *
     * @param flags {@code O_*}
     * @throws HostException if it cannot be opened
     */
    public static FileDescriptor open(Path path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path.toString());
            long result = SystemCalls.call(SystemCall.OPENAT, AT_FDCWD, name.address(), flags | O_CLOEXEC, 0, 0, 0);
            return owning(SystemFailure.check(result, "open " + path));
        }
    }

    /** Another descriptor of the same open file, which lives on when this one is closed. @throws HostException EMFILE */
    public FileDescriptor duplicate() {
        return owning(SystemFailure.check(call(SystemCall.FCNTL, F_DUPFD_CLOEXEC, 0), "duplicate a descriptor"));
    }

    /**
     * Makes a system call of which this is the first argument; it stays open until the call returns.
     *
     * @return at least 0, or a negative error number
     * @throws IllegalStateException if it is closed
     */
    public long call(SystemCall call, long second, long third, long fourth, long fifth, long sixth) {
        int held = hold();
        try {
            return SystemCalls.call(call, held, second, third, fourth, fifth, sixth);
        } finally {
            release();
        }
    }

    /** The same for calls of three arguments. */
    public long call(SystemCall call, long second, long third) {
        return call(call, second, third, 0, 0, 0);
    }

    /** Its number, which stays its own until {@link #release()}. @throws IllegalStateException if it is closed */
    public int hold() {
        if (!uses.enter()) {
            throw closed();
        }
        return number;
    }

    /** Ends what {@link #hold()} began. */
    public void release() {
        uses.leave();
    }

    /** Runs something with its number, which stays its own meanwhile. @throws IllegalStateException if it is closed */
    public <R> R with(IntFunction<R> action) {
        int held = hold();
        try {
            return action.apply(held);
        } finally {
            release();
        }
    }

    /**
     * Its number, for those who know that nobody closes it while they use the number; others {@link #hold} it.
     *
     * @throws IllegalStateException if it is closed
     */
    public int number() {
        if (uses.isClosed()) {
            throw closed();
        }
        return number;
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("the descriptor is closed");
    }

    /** Whether it is still open. */
    public boolean isOpen() {
        return !uses.isClosed();
    }

    /** Closes it as soon as no call is under way with it; does nothing if it is closed. */
    @Override
    public void close() {
        uses.close();
    }
}
