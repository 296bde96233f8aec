package dev.skep.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Several threads that run one program on batches of packets, worker {@code n} on logical CPU {@code n}. Packets are spread by
 * flow, as a network card's receive-side scaling does: those of a connection, of both directions, always go to the same worker and
 * in order. Not thread-safe: one batch at a time.
 */
public final class PacketWorkers implements AutoCloseable {
    private final List<PacketRunner> runners;
    private final ExecutorService threads;
    /** By packet of the batch: the worker it goes to. */
    private int[] workers = {};

    PacketWorkers(List<PacketRunner> runners) {
        this.runners = List.copyOf(runners);
        this.threads = Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name("skep-worker-", 1).factory());
    }

    /** How many there are. */
    public int count() {
        return runners.size();
    }

    /**
     * Runs the program on every packet of the batch. A run that has to be ended ends its worker's part, not that of others.
     *
     * @throws TrapException if a run was ended: that of the {@linkplain PacketBatch#completed() earliest} such packet
     * @throws dev.skep.object.host.HostException E2BIG if a packet is longer than 262,144 bytes
     */
    public void run(PacketBatch batch) {
        batch.begin();
        spread(batch);
        List<Future<?>> others = new ArrayList<>();
        for (int worker = 1; worker < runners.size(); worker++) {
            int number = worker;
            others.add(threads.submit(() -> runners.get(number).runPart(batch, workers, number)));
        }
        try {
            runners.getFirst().runPart(batch, workers, 0);
        } finally {
            awaitAll(others);
        }
        batch.failure().ifPresent(e -> {
            throw e;
        });
    }

    private void spread(PacketBatch batch) {
        if (workers.length < batch.size()) {
            workers = new int[batch.size()];
        }
        for (int i = 0; i < batch.size(); i++) {
            workers[i] = FlowSteering.worker(batch.bytes(), batch.start(i), batch.length(i), runners.size());
        }
    }

    /**
     * Waits even if interrupted: the batch belongs to the workers until all are done.
     *
     * @throws IllegalStateException if one ended by something else than its packets
     */
    private static void awaitAll(List<Future<?>> parts) {
        boolean interrupted = false;
        IllegalStateException failure = new IllegalStateException("workers ended");
        for (Future<?> part : parts) {
            while (!part.isDone()) {
                try {
                    part.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    break; // it is asked below how it ended
                }
            }
            if (part.state() == Future.State.FAILED) {
                failure.addSuppressed(part.exceptionNow());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }

    /** Ends the threads. */
    @Override
    public void close() {
        threads.close();
        runners.forEach(PacketRunner::close);
    }
}
