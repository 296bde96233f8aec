package dev.skep.bench;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineObject;
import dev.skep.engine.EngineOptions;
import dev.skep.engine.EngineProgram;
import dev.skep.engine.PacketRunner;
import dev.skep.engine.capture.CaptureReader;
import dev.skep.object.file.ObjectReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The XDP firewall of the examples over the sample capture, in memory: packets per second on one core. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class PacketBenchmark {
    /** Packets in {@code mixed.pcapng}. */
    private static final int PACKETS = 400;

    /** Checked mode looks up every access; the sandbox alone masks it. */
    @Param({"false", "true"})
    public boolean checked;

    private final List<byte[]> packets = new ArrayList<>();
    private EngineHost host;
    private EngineObject object;
    private PacketRunner runner;

    /** Loads program and packets; run in the checkout's root. */
    @Setup
    public void load() throws IOException {
        Path examples = Path.of(System.getProperty("skep.root", "."), "examples");
        byte[] elf = Files.readAllBytes(examples.resolve("xdp-firewall/firewall.o"));
        host = EngineHost.open(EngineOptions.defaults().withChecked(checked).withSeed(1));
        object = host.load(ObjectReader.read(elf, "firewall"));
        EngineProgram program = object.programs().getFirst();
        runner = program.openRunner();
        Path capture = examples.resolve("captures/mixed.pcapng");
        try (InputStream file = Files.newInputStream(capture);
                CaptureReader reader = CaptureReader.open(file, capture.toString())) {
            while (reader.next()) {
                packets.add(Arrays.copyOfRange(
                        reader.buffer(), reader.offset(), reader.offset() + reader.capturedLength()));
            }
        }
        if (packets.size() != PACKETS) {
            throw new IllegalStateException(capture + " holds " + packets.size() + " packets, not " + PACKETS);
        }
    }

    /** Every packet once. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long firewall() {
        long verdicts = 0;
        for (byte[] packet : packets) {
            verdicts += runner.run(packet, 0, packet.length);
        }
        return verdicts;
    }

    /** Gives the engine's memory back. */
    @TearDown
    public void close() {
        runner.close();
        object.close();
        host.close();
    }
}
