package dev.skep.linux.event;

import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemCall;
import dev.skep.linux.system.SystemCalls;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.host.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.function.IntConsumer;

/**
 * A set of descriptors that threads wait for. A platform thread waits in {@code epoll_pwait(2)} itself, a virtual one parks
 * ({@link EpollThread}). Closing wakes all who wait. Thread-safe.
 */
final class Epoll implements AutoCloseable {
    private static final int EFD_CLOEXEC = 0x80000;
    private static final int EVENTS = 64;
    /** Stands for the descriptor that wakes waiting threads. */
    private static final int WAKE = -1;

    private final Gate gate = new Gate();
    private final FileDescriptor epoll;
    private final FileDescriptor wake;

    Epoll() {
        epoll = EpollEvents.create();
        FileDescriptor made = null;
        try {
            made = FileDescriptor.owning(SystemFailure.check(
                    SystemCalls.call(SystemCall.EVENTFD2, 0, EFD_CLOEXEC, 0),
                    "make a descriptor to wake waiting threads"));
            EpollEvents.add(epoll, made.number(), EpollEvents.EPOLLIN, WAKE);
        } catch (RuntimeException e) {
            if (made != null) {
                made.close();
            }
            epoll.close();
            throw e;
        }
        wake = made;
    }

    /** Waits for a descriptor too. @param token at least 0, which stands for it @param events {@link EpollEvents#EPOLLIN} ... */
    void add(FileDescriptor descriptor, int events, int token) {
        EpollEvents.add(epoll, descriptor.number(), events, token);
    }

    /** Waits for a descriptor no longer; has to be called before it is closed. */
    void remove(FileDescriptor descriptor) {
        if (gate.enter()) {
            try {
                EpollEvents.remove(epoll, descriptor.number());
            } finally {
                gate.leave();
            }
        }
    }

    /**
     * Waits until a descriptor is ready, the time is over, this is closed or a virtual thread is interrupted.
     *
     * @param timeout as long as a {@code long} of nanoseconds has room for means for ever
     * @param ready gets the tokens of those that are
     * @return how many are
     */
    int await(Duration timeout, IntConsumer ready) {
        boolean forever = timeout.compareTo(Duration.ofNanos(Long.MAX_VALUE)) >= 0;
        long end = forever ? 0 : System.nanoTime() + Math.max(0, timeout.toNanos());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment events = arena.allocate((long) EVENTS * EpollEvents.SIZE, Long.BYTES);
            if (!gate.enter()) {
                return 0;
            }
            long count;
            try {
                count = wait(events, forever, end);
            } finally {
                gate.leave();
            }
            int told = 0;
            for (long i = 0; i < count; i++) {
                int token = (int) EpollEvents.data(events, i);
                if (token != WAKE) {
                    ready.accept(token);
                    told++;
                }
            }
            return told;
        }
    }

    private long wait(MemorySegment events, boolean forever, long end) {
        if (Thread.currentThread().isVirtual()) {
            return waitParked(events, forever, end);
        }
        while (true) {
            int milliseconds = forever ? -1 : millisecondsUntil(end);
            long ready = check(EpollEvents.await(epoll, events, milliseconds));
            if (ready > 0 || (!forever && milliseconds == 0)) {
                return ready;
            }
        }
    }

    /** Looks again each time that the thread is woken: another one may have been faster to read what there was. */
    private long waitParked(MemorySegment events, boolean forever, long end) {
        while (true) {
            long ready = check(EpollEvents.await(epoll, events, 0));
            boolean over = !forever && end - System.nanoTime() <= 0;
            if (ready > 0 || over || Thread.currentThread().isInterrupted()) {
                return ready;
            }
            EpollThread.await(epoll.number(), forever, end);
        }
    }

    private static int millisecondsUntil(long end) {
        long nanos = Math.max(0, end - System.nanoTime());
        return (int) Math.min(Integer.MAX_VALUE, (nanos + 999_999) / 1_000_000);
    }

    /** A signal may end a wait early; there is nothing ready then. */
    private static long check(long result) {
        return SystemFailure.is(result, Errno.EINTR) ? 0 : SystemFailure.check(result, "wait for events");
    }

    /** Wakes all who wait, waits until they have gone, and closes the descriptors; not those that were added. */
    @Override
    public void close() {
        if (!gate.close()) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_LONG, 1);
            wake.call(SystemCall.WRITE, one.address(), Long.BYTES);
        }
        gate.awaitEmpty();
        wake.close();
        epoll.close();
    }
}
