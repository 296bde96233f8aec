package dev.skep.linux.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;

/**
 * Waits for several ring buffers and perf buffers at once, and reads those that have something.
 *
 * <pre>{@code
 * try (Poller poller = new Poller()) {
 *     poller.add(connections, (ring, offset, length) -> show(ring, offset));
 *     poller.add(drops, (cpu, memory, offset, length) -> count(cpu));
 *     while (running) {
 *         poller.poll(Duration.ofMillis(100));
 *     }
 * }
 * }</pre>
 *
 * <p>Waiting on a virtual thread does not hold its carrier. A buffer may be closed while it is waited for. Closing the poller wakes
 * who waits; it does not close the buffers. Polling is for one thread at a time, all else for any.
 */
public final class Poller implements AutoCloseable {
    private final Epoll epoll = new Epoll();
    private final List<Reading> readings = new CopyOnWriteArrayList<>();

    /** A buffer and what is done with its records. */
    private record Reading(EventSource source, IntSupplier consume) {
        int run() {
            try {
                return source.isOpen() ? consume.getAsInt() : 0;
            } catch (IllegalStateException e) {
                if (source.isOpen()) {
                    throw e;
                }
                return 0; // closed by another thread just now
            }
        }
    }

    /** Reads a ring buffer too. @throws IllegalStateException if the buffer is closed */
    public void add(RingBuffer ring, RecordConsumer action) {
        add(new Reading(ring, () -> ring.consume(action)));
    }

    /** Reads a perf buffer too. @throws IllegalStateException if the buffer is closed */
    public void add(PerfBuffer buffer, CpuRecordConsumer action) {
        add(new Reading(buffer, () -> buffer.consume(action)));
    }

    private synchronized void add(Reading reading) {
        readings.add(reading);
        reading.source.watch(epoll, readings.size() - 1);
    }

    /**
     * Waits until a buffer has something, the time is over or this is closed, and hands the records that are ready to the actions.
     *
     * @return how many there were
     */
    public int poll(Duration timeout) {
        Set<Integer> ready = new TreeSet<>();
        epoll.await(timeout, ready::add);
        int handed = 0;
        for (int each : ready) {
            handed += readings.get(each).run();
        }
        return handed;
    }

    /** As {@link #poll(Duration)}, for as long as it takes. */
    public int poll() {
        return poll(EventSource.FOR_EVER);
    }

    /** Reads what is ready in all buffers, without waiting: also what programs sent without waking anyone. */
    public int consume() {
        int handed = 0;
        for (Reading reading : new ArrayList<>(readings)) {
            handed += reading.run();
        }
        return handed;
    }

    @Override
    public void close() {
        readings.forEach(reading -> reading.source.unwatch(epoll));
        epoll.close();
    }
}
