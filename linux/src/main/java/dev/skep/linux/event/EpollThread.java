package dev.skep.linux.event;

import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.host.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Waits in place of virtual threads, which park meanwhile so that their carriers are free: one platform thread for all of them,
 * started with the first. It ends with the JVM.
 */
final class EpollThread {
    private static final int EVENTS = 64;

    private final FileDescriptor epoll = EpollEvents.create();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Integer, List<Waiter>> waiters = new HashMap<>();

    private EpollThread() {}

    /** Made when it is first needed. */
    private static final class Holder {
        static final EpollThread INSTANCE = start();

        private static EpollThread start() {
            EpollThread waiting = new EpollThread();
            Thread.ofPlatform().daemon().name("skep-epoll").start(waiting::run);
            return waiting;
        }
    }

    private static final class Waiter {
        private final Thread thread = Thread.currentThread();
        private volatile boolean ready;
    }

    /**
     * Parks the thread until a descriptor is readable, the time is over, or it is interrupted.
     *
     * @param descriptor stays open meanwhile @param end of waiting, as {@link System#nanoTime()} has it
     */
    static void await(int descriptor, boolean forever, long end) {
        Holder.INSTANCE.park(descriptor, forever, end);
    }

    private void park(int descriptor, boolean forever, long end) {
        Waiter waiter = new Waiter();
        arrive(descriptor, waiter);
        try {
            while (!waiter.ready && !waiter.thread.isInterrupted()) {
                if (forever) {
                    LockSupport.park(this);
                } else {
                    long left = end - System.nanoTime();
                    if (left <= 0) {
                        return;
                    }
                    LockSupport.parkNanos(this, left);
                }
            }
        } finally {
            leave(descriptor, waiter);
        }
    }

    private void arrive(int descriptor, Waiter waiter) {
        lock.lock();
        try {
            List<Waiter> others = waiters.computeIfAbsent(descriptor, _ -> new ArrayList<>());
            int events = EpollEvents.EPOLLIN | EpollEvents.EPOLLONESHOT;
            if (others.isEmpty()) {
                EpollEvents.add(epoll, descriptor, events, descriptor);
            } else {
                EpollEvents.change(epoll, descriptor, events, descriptor); // it may have told the others already
            }
            others.add(waiter);
        } finally {
            lock.unlock();
        }
    }

    private void leave(int descriptor, Waiter waiter) {
        lock.lock();
        try {
            List<Waiter> others = waiters.getOrDefault(descriptor, new ArrayList<>());
            others.remove(waiter);
            if (others.isEmpty()) {
                waiters.remove(descriptor);
                EpollEvents.remove(epoll, descriptor);
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        MemorySegment events = Arena.global().allocate((long) EVENTS * EpollEvents.SIZE, Long.BYTES);
        while (true) {
            long ready = EpollEvents.await(epoll, events, -1);
            if (ready < 0 && !SystemFailure.is(ready, Errno.EINTR)) {
                throw SystemFailure.refused(ready, "wait for events");
            }
            for (long i = 0; i < ready; i++) {
                wake((int) EpollEvents.data(events, i));
            }
        }
    }

    private void wake(int descriptor) {
        lock.lock();
        try {
            for (Waiter waiter : waiters.getOrDefault(descriptor, List.of())) {
                waiter.ready = true;
                LockSupport.unpark(waiter.thread);
            }
        } finally {
            lock.unlock();
        }
    }
}
