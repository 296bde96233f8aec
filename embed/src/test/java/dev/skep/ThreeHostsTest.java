package dev.skep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.host.Program;
import dev.skep.object.host.TypedMap;
import dev.skep.testkit.NeedsBpf;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The same class in the engine, on the JVM and in the kernel. */
class ThreeHostsTest {
    private static final int PACKETS = 2_000;

    /** What can be seen of a run: verdicts and packets, and what is in the maps afterwards. */
    private record Observed(List<String> runs, SortedMap<String, String> flows, List<Long> dropped) {}

    private static byte[] packet(Random random) {
        byte[] bytes = new byte[14 + random.nextInt(90)];
        random.nextBytes(bytes);
        ByteBuffer packet = ByteBuffer.wrap(bytes);
        if (random.nextInt(8) > 0) {
            packet.putShort(12, (short) 0x0800);
        }
        if (bytes.length >= 34 && random.nextInt(4) > 0) {
            packet.put(14, (byte) (0x40 | random.nextInt(16)))
                    .put(23, (byte) (random.nextBoolean() ? 6 : random.nextInt(256)))
                    .putInt(26, 0x0a000000 | random.nextInt(8));
            int tcp = 14 + (bytes[14] & 15) * 4;
            if (bytes.length >= tcp + 4) {
                packet.putShort(tcp, (short) (0xfff0 + random.nextInt(4)));
                packet.putShort(tcp + 2, (short) (22 + random.nextInt(3)));
            }
        }
        return bytes;
    }

    private static Observed observe(ClassHost host) {
        try (host;
                LoadedClass firewall = host.compile(Firewall.class).with("closedPort", 22).load()) {
            Random random = new Random(1);
            LoadedProgram filter = firewall.program("filter");
            List<String> runs = Stream.generate(() -> packet(random))
                    .limit(PACKETS)
                    .map(filter::run)
                    .map(ThreeHostsTest::text)
                    .toList();
            SortedMap<String, String> flows = new TreeMap<>();
            firewall.map("flows", Firewall.Flow.class, Firewall.Counter.class)
                    .forEach((flow, counter) -> flows.put(
                            flow.address + ":" + flow.port + "/" + flow.protocol,
                            counter.packets + " " + counter.bytes + " " + counter.lastLength));
            TypedMap<Integer, Long> dropped = firewall.map("dropped", Integer.class, Long.class);
            return new Observed(
                    runs,
                    flows,
                    Stream.iterate(0, i -> i + 1).limit(4).map(dropped::require).toList());
        }
    }

    private static String text(Program.Outcome outcome) {
        return (int) outcome.returnValue() + " "
                + HexFormat.of().formatHex(outcome.data().toArray());
    }

    @Test
    void theJvmDoesWhatTheEngineDoes() {
        Observed engine = observe(Skep.engine());
        assertThat(observe(Skep.jvm())).isEqualTo(engine);
        assertThat(engine.flows()).hasSizeGreaterThan(50);
        assertThat(engine.dropped().get(1)).isPositive();
    }

    @Test
    @NeedsBpf
    void theKernelDoesWhatTheEngineDoes() {
        assertThat(observe(Skep.kernel())).isEqualTo(observe(Skep.engine()));
    }
}
