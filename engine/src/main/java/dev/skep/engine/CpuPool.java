package dev.skep.engine;

import dev.skep.engine.interpreter.LogicalCpu;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** An engine's logical CPUs. Each runs one program at a time; who finds all busy waits. */
final class CpuPool {
    private record Place(LogicalCpu cpu, ReentrantLock lock) {}

    private final List<Place> places = new ArrayList<>();

    CpuPool(List<LogicalCpu> cpus) {
        cpus.forEach(cpu -> places.add(new Place(cpu, new ReentrantLock())));
    }

    /**
     * A CPU that nobody else uses until {@link #give}, the first if it is free.
     *
     * @throws HostException EDEADLOCK if the calling thread itself keeps all of them busy: a program's run led back to here
     */
    LogicalCpu take() {
        for (Place place : places) {
            if (!place.lock.isHeldByCurrentThread() && place.lock.tryLock()) {
                return place.cpu;
            }
        }
        for (Place place : places) {
            if (!place.lock.isHeldByCurrentThread()) {
                place.lock.lock();
                return place.cpu;
            }
        }
        throw new HostException(
                Errno.EDEADLOCK, "running a program from within a program's run: no logical CPU is left for it");
    }

    /** Gives back what {@link #take} took. */
    void give(LogicalCpu cpu) {
        places.get(cpu.cpu()).lock.unlock();
    }

    void close() {
        places.forEach(place -> place.cpu.close());
    }
}
