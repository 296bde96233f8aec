package dev.skep.engine;

import dev.skep.engine.interpreter.LogicalCpu;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** An engine's logical CPUs. Each runs one program at a time; who finds all busy waits. */
final class CpuPool {
    private final List<LogicalCpu> cpus;
    private final ReentrantLock[] locks;
    /** How many threads wait for any CPU, and what they wait on. */
    private final AtomicInteger waiting = new AtomicInteger();

    private final Object freed = new Object();
    /** Set while all are taken, read by who has one. */
    private volatile boolean closed;

    CpuPool(List<LogicalCpu> cpus) {
        this.cpus = List.copyOf(cpus);
        locks = Stream.generate(ReentrantLock::new).limit(cpus.size()).toArray(ReentrantLock[]::new);
    }

    /**
     * A CPU that nobody else uses until {@link #give}, the first that is free. Allocates nothing.
     *
     * @throws HostException EDEADLOCK if the calling thread itself keeps all of them busy: a program's run led back to here;
     *     EBADF if the engine is closed
     */
    LogicalCpu take() {
        int number = lockFree();
        return taken(number >= 0 ? number : awaitFree());
    }

    /** Locks the first CPU that is free. @return its number, -1 if there is none */
    private int lockFree() {
        for (int number = 0; number < locks.length; number++) {
            if (!locks[number].isHeldByCurrentThread() && locks[number].tryLock()) {
                return number;
            }
        }
        return -1;
    }

    private int awaitFree() {
        if (Arrays.stream(locks).allMatch(ReentrantLock::isHeldByCurrentThread)) {
            throw new HostException(
                    Errno.EDEADLOCK, "running a program from within a program's run: no logical CPU is left for it");
        }
        boolean interrupted = false;
        synchronized (freed) {
            waiting.getAndIncrement();
            // Who gives a CPU back after this look sees that somebody waits.
            int number = lockFree();
            while (number < 0) {
                try {
                    freed.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                number = lockFree();
            }
            waiting.getAndDecrement();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return number;
        }
    }

    /**
     * The CPU with this number, once nobody else uses it. Allocates nothing.
     *
     * @throws HostException EDEADLOCK if the calling thread itself keeps it busy; EBADF if the engine is closed
     */
    LogicalCpu take(int number) {
        if (locks[number].isHeldByCurrentThread()) {
            throw new HostException(
                    Errno.EDEADLOCK, "running a program on logical CPU " + number + " from within a run on it");
        }
        locks[number].lock();
        return taken(number);
    }

    private LogicalCpu taken(int number) {
        if (closed) {
            free(number);
            throw new HostException(Errno.EBADF, "running a program of an engine that is closed");
        }
        return cpus.get(number);
    }

    /** Gives back what {@link #take} took. */
    void give(LogicalCpu cpu) {
        free(cpu.cpu());
    }

    private void free(int number) {
        locks[number].unlock();
        if (waiting.get() > 0) {
            synchronized (freed) {
                freed.notifyAll();
            }
        }
    }

    /**
     * Waits until no program runs; from then on none is run.
     *
     * @return false if that was so before
     * @throws HostException EDEADLOCK if the calling thread itself is within a run, and nothing is closed
     */
    boolean close() {
        for (ReentrantLock lock : locks) {
            if (lock.isHeldByCurrentThread()) {
                throw new HostException(Errno.EDEADLOCK, "closing an engine from within a program's run");
            }
        }
        for (ReentrantLock lock : locks) {
            lock.lock();
        }
        boolean first = !closed;
        closed = true;
        if (first) {
            cpus.forEach(LogicalCpu::close);
        }
        for (int number = 0; number < locks.length; number++) {
            free(number);
        }
        return first;
    }
}
