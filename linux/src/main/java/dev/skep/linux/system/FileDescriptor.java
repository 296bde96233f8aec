package dev.skep.linux.system;

import dev.skep.object.host.HostException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;

/** An open file descriptor and its owner: whoever has it closes it, once. Thread-safe. */
public final class FileDescriptor implements AutoCloseable {
    /** {@code O_RDONLY}, {@code O_WRONLY}, {@code O_RDWR}, {@code O_CLOEXEC} of asm-generic/fcntl.h. */
    public static final int O_RDONLY = 0;

    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_CLOEXEC = 0x80000;

    private static final int AT_FDCWD = -100; // linux/fcntl.h
    private static final int F_DUPFD_CLOEXEC = 1030; // linux/fcntl.h
    private static final int CLOSED = -1;
    private static final VarHandle NUMBER;

    static {
        try {
            NUMBER = MethodHandles.lookup().findVarHandle(FileDescriptor.class, "number", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile int number;

    private FileDescriptor(int number) {
        this.number = number;
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
        long result = SystemCalls.call(SystemCall.FCNTL, number(), F_DUPFD_CLOEXEC, 0);
        return owning(SystemFailure.check(result, "duplicate a descriptor"));
    }

    /** Its number. @throws IllegalStateException if it is closed */
    public int number() {
        int current = number;
        if (current == CLOSED) {
            throw new IllegalStateException("the descriptor is closed");
        }
        return current;
    }

    /** Whether it is still open. */
    public boolean isOpen() {
        return number != CLOSED;
    }

    /** Closes it; does nothing if it is closed. */
    @Override
    public void close() {
        int open = (int) NUMBER.getAndSet(this, CLOSED);
        if (open != CLOSED) {
            // Linux frees the number even where close reports an error, so there is nothing to do about one.
            SystemCalls.call(SystemCall.CLOSE, open, 0, 0);
        }
    }
}
