package dev.skep.bench.vm;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineObject;
import dev.skep.engine.PacketBatch;
import dev.skep.engine.PacketWorkers;
import dev.skep.engine.capture.CaptureReader;
import dev.skep.engine.map.EngineMap;
import dev.skep.engine.map.RingBufferMap;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.host.EventStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The example XDP firewall over the sample capture in memory, in batches: prints packets per second. */
public final class Firewall {
    /** The capture several times over. */
    private static final int PACKETS = 4000;

    private static final int BYTES = 4_000_000;
    private static final int WARM_UP_ROUNDS = 5;
    private static final int ROUNDS = 9;
    private static final long ROUND_NANOS = 1_000_000_000L;

    private Firewall() {}

    /** @param arguments the checkout's root, the kind of engine, how many workers */
    public static void main(String[] arguments) throws IOException {
        Path examples = Path.of(arguments[0], "examples");
        int count = Integer.parseInt(arguments[2]);
        byte[] elf = Files.readAllBytes(examples.resolve("xdp-firewall/firewall.o"));
        try (EngineHost host = EngineHost.open(
                        MachineKind.of(arguments[1]).engineOptions().withCpus(count));
                EngineObject object = host.load(ObjectReader.read(elf, "firewall"));
                PacketWorkers workers = object.programs().getFirst().openWorkers(count)) {
            PacketBatch batch = packets(examples.resolve("captures/mixed.pcapng"));
            List<EventStream> events = object.maps().stream()
                    .filter(RingBufferMap.class::isInstance)
                    .map((EngineMap map) -> ((RingBufferMap) map).events())
                    .toList();
            double[] rates = new double[ROUNDS];
            for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
                double rate = rate(workers, batch, events);
                if (round >= 0) {
                    rates[round] = rate;
                }
            }
            Arrays.sort(rates);
            System.out.printf("%.0f%n", rates[ROUNDS / 2]);
        }
    }

    private static PacketBatch packets(Path capture) throws IOException {
        PacketBatch batch = new PacketBatch(PACKETS, BYTES);
        while (batch.size() < PACKETS) {
            try (InputStream file = Files.newInputStream(capture);
                    CaptureReader reader = CaptureReader.open(file, capture.toString())) {
                while (reader.next()) {
                    batch.add(reader.buffer(), reader.offset(), reader.capturedLength());
                }
            }
        }
        return batch;
    }

    private static double rate(PacketWorkers workers, PacketBatch batch, List<EventStream> events) {
        long start = System.nanoTime();
        long packets = 0;
        do {
            workers.run(batch);
            packets += batch.size();
            events.forEach(stream -> stream.drain(record -> {}));
        } while (System.nanoTime() - start < ROUND_NANOS);
        return packets * 1e9 / (System.nanoTime() - start);
    }
}
