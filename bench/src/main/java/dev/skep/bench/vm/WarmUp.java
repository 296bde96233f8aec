package dev.skep.bench.vm;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineObject;
import dev.skep.engine.EngineProgram;
import dev.skep.engine.PacketRunner;
import dev.skep.object.Location;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.host.Program;
import dev.skep.object.instruction.Instructions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How a program starts in a fresh JVM: prints the milliseconds from its bytes to the end of its first run, then, for each {@link
 * #MOMENTS moment} since, the nanoseconds of a run around it.
 */
public final class WarmUp {
    /** Seconds since the first run. */
    static final double[] MOMENTS = {0, 0.03, 0.1, 0.3, 1, 3, 10};

    private static final double NANOS = 1e9;

    private WarmUp() {}

    /** @param arguments the checkout's root, the kind of engine, {@code log2} or a number of instructions */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        MachineKind kind = MachineKind.of(arguments[1]);
        boolean small = arguments[2].equals("log2");
        byte[] bytes = small
                ? Files.readAllBytes(new BenchmarkProgram("log2", 1).object(root))
                : LargeProgram.of(Integer.parseInt(arguments[2]));
        long start = System.nanoTime();
        try (EngineHost host = EngineHost.open(kind.engineOptions())) {
            if (small) {
                try (EngineObject object = host.load(ObjectReader.read(bytes, "log2"));
                        PacketRunner runner = object.programs().getFirst().openRunner()) {
                    byte[] packet = Packets.packet(1);
                    watch(start, () -> runner.run(packet, 0, packet.length));
                }
            } else {
                Instructions code = Instructions.decode(bytes, 0, bytes.length, Location.in("large"));
                EngineProgram program = host.loadRaw("large", code);
                Program.Input input = Program.Input.packet(new byte[Long.BYTES]);
                watch(start, () -> program.run(input).returnValue());
            }
        }
    }

    private static void watch(long start, LongSupplier run) {
        long first = System.nanoTime();
        long result = run.getAsLong();
        long end = System.nanoTime();
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%.1f", (end - start) / 1e6));
        line.append(String.format(Locale.ROOT, " %d", end - first));
        for (int moment = 1; moment < MOMENTS.length; moment++) {
            line.append(String.format(Locale.ROOT, " %.0f", averageUntil(end, moment, run, result)));
        }
        System.out.println(line);
    }

    /** The average run of the last third of the time up to a moment. */
    private static double averageUntil(long since, int moment, LongSupplier run, long expected) {
        long until = since + (long) (MOMENTS[moment] * NANOS);
        long from = until - (long) ((MOMENTS[moment] - MOMENTS[moment - 1]) * NANOS / 3);
        long counted = 0;
        long begin = 0;
        long now;
        do {
            if (run.getAsLong() != expected) {
                throw new IllegalStateException("the same run, another result");
            }
            now = System.nanoTime();
            if (begin != 0) {
                counted++;
            } else if (now >= from) {
                begin = now;
            }
        } while (now < until || counted == 0);
        return (double) (now - begin) / counted;
    }
}
