package dev.skep.cli.run;

import dev.skep.engine.PacketBatch;
import dev.skep.engine.PacketWorkers;
import dev.skep.engine.capture.CaptureReader;
import dev.skep.object.host.HostException;
import java.util.Optional;

/** Packets that wait for several workers to run the program on all of them at once. */
final class WorkerBatch implements AutoCloseable {
    /** Few enough for what they send to user space to find room. */
    private static final int PACKETS = 256;

    /** Of all packets together: an empty batch has room for the longest, and for an Ethernet header that it had not. */
    private static final int BYTES = 2 * CaptureReader.MAX_PACKET_LENGTH;

    private final PacketWorkers workers;
    private final Runnable afterwards;
    private final PacketBatch batch = new PacketBatch(PACKETS, BYTES);
    /** By packet: where in the capture it was, for messages. */
    private final long[] numbers = new long[PACKETS];

    private final long[] positions = new long[PACKETS];

    /** @param afterwards what to do after each batch */
    WorkerBatch(PacketWorkers workers, Runnable afterwards) {
        this.workers = workers;
        this.afterwards = afterwards;
    }

    /** Takes what a verdict is given on. */
    @FunctionalInterface
    interface VerdictConsumer {
        void accept(int verdict, int length);
    }

    /** Takes the reader's current packet, as the link layer left it. @return false if there is no room for it */
    boolean add(LinkLayer link, CaptureReader reader) {
        if (!batch.add(link.buffer(), link.offset(), link.length())) {
            return false;
        }
        numbers[batch.size() - 1] = reader.packets();
        positions[batch.size() - 1] = reader.position();
        return true;
    }

    /** Runs the program on all and forgets them. @return what went wrong, with the packet's name */
    Optional<String> run(VerdictConsumer verdicts) {
        Optional<String> failure = Optional.empty();
        try {
            workers.run(batch);
        } catch (HostException e) {
            int at = batch.completed();
            failure = Optional.of(PacketRun.failure(numbers[at], positions[at], e));
        }
        for (int i = 0; i < batch.completed(); i++) {
            verdicts.accept(batch.verdict(i), batch.length(i));
        }
        batch.clear();
        afterwards.run();
        return failure;
    }

    @Override
    public void close() {
        workers.close();
    }
}
