package dev.skep.linux.event;

import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.UseCount;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What can be waited for: its descriptors are ready when there is something to do. Waiting by itself needs descriptors of its own,
 * which are made with the first wait.
 */
abstract sealed class EventSource implements AutoCloseable permits RingBuffer, PerfBuffer, UserRingBuffer {
    /** Longer than anyone waits. */
    static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

    private final AtomicBoolean open = new AtomicBoolean(true);
    private final UseCount readers = new UseCount(this::release);
    private final Set<Epoll> watchers = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Epoll> own = new AtomicReference<>();

    /** What becomes ready. */
    abstract List<FileDescriptor> descriptors();

    /** {@link EpollEvents#EPOLLIN} or {@link EpollEvents#EPOLLOUT}. */
    abstract int readiness();

    /** Lets go of memory and descriptors; called once, when nobody watches or reads any more. */
    abstract void release();

    /** Whether it has not been closed. */
    public final boolean isOpen() {
        return open.get();
    }

    /**
     * Keeps the memory mapped until {@link #endReading()}, though this may be closed meanwhile.
     *
     * @throws IllegalStateException if it is closed
     */
    final void beginReading() {
        if (!readers.enter()) {
            throw new IllegalStateException(this + " is closed");
        }
    }

    final void endReading() {
        readers.leave();
    }

    /**
     * Waits until there is something, the time is over, or this is closed. A virtual thread parks, and returns early if interrupted;
     * a platform thread cannot be interrupted here.
     *
     * @return whether there is something
     */
    public final boolean await(Duration timeout) {
        Epoll waiting = own.get();
        if (waiting == null) {
            if (!isOpen()) {
                return false;
            }
            waiting = ownEpoll();
        }
        return waiting.await(timeout, _ -> {}) > 0;
    }

    private synchronized Epoll ownEpoll() {
        Epoll known = own.get();
        if (known != null) {
            return known;
        }
        Epoll made = new Epoll();
        try {
            watch(made, 0);
        } catch (RuntimeException e) {
            made.close();
            throw e;
        }
        own.set(made);
        return made;
    }

    /** Has a set wait for this too, until this is closed or no longer to be watched. */
    final synchronized void watch(Epoll epoll, int token) {
        if (!isOpen()) {
            throw new IllegalStateException(this + " is closed");
        }
        watchers.add(epoll);
        for (FileDescriptor descriptor : descriptors()) {
            epoll.add(descriptor, readiness(), token);
        }
    }

    final synchronized void unwatch(Epoll epoll) {
        if (isOpen() && watchers.remove(epoll)) {
            descriptors().forEach(epoll::remove);
        }
    }

    /**
     * Wakes who waits, and lets go of memory and descriptors, if records are being read as soon as the last that was handed out has been
     * dealt with; does nothing the second time.
     */
    @Override
    public final void close() {
        if (!open.compareAndSet(true, false)) {
            return;
        }
        synchronized (this) {
            for (Epoll watcher : watchers) {
                descriptors().forEach(watcher::remove);
            }
            Epoll mine = own.get();
            if (mine != null) {
                mine.close();
            }
        }
        readers.close();
    }
}
