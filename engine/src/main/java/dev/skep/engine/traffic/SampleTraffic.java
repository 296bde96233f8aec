package dev.skep.engine.traffic;

import dev.skep.engine.capture.CaptureInterface;
import dev.skep.engine.capture.CaptureWriter;
import dev.skep.engine.capture.LinkType;
import dev.skep.engine.capture.PacketNote;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A mix of packets on their way to one server: TCP, UDP, ICMP, DNS over IPv4 and IPv6, with VLAN tags and fragments, ARP,
 * LLDP, a SYN flood, packets from two networks that the example firewall blocks, and about one in eight malformed.
 *
 * <p>The same seed gives the same packets, and a longer mix starts with the shorter one. The first packets show every kind
 * once, in a fixed order; after that chance decides.
 */
public final class SampleTraffic {
    /** The seed of the captures in {@code examples/captures}. */
    public static final long DEFAULT_SEED = 1;

    /** 2026-01-01T00:00:00Z in nanoseconds since 1970. */
    private static final long START_NANOS = 1_767_225_600_000_000_000L;

    private static final int MAX_GAP_MICROS = 2_000;

    private final List<Scenario> scenarios = new ArrayList<>();
    private final FrameBuilder frame = new FrameBuilder();
    private final Random random;
    private final Hosts hosts;
    private final int totalWeight;
    private final int snapLength;
    private long built;
    private long timestampNanos = START_NANOS;

    /** Traffic whose packets are kept whole. */
    public SampleTraffic(long seed) {
        this(seed, 0);
    }

    /** @param snapLength the most bytes kept of a packet; 0 if not limited */
    public SampleTraffic(long seed, int snapLength) {
        random = new Random(seed);
        hosts = new Hosts(random);
        scenarios.addAll(OrdinaryPackets.scenarios());
        scenarios.addAll(MalformedPackets.scenarios());
        totalWeight = scenarios.stream().mapToInt(Scenario::weight).sum();
        this.snapLength = snapLength;
    }

    /** What a capture of this traffic must be opened with: Ethernet, with this snap length. */
    public CaptureInterface captureInterface() {
        return new CaptureInterface(LinkType.ETHERNET, snapLength, "sample0");
    }

    /** How many kinds of packets there are; that many packets show each of them once. */
    public int kinds() {
        return scenarios.size();
    }

    /**
     * Writes the next packets.
     *
     * @param count how many
     * @param named true to give each packet a comment that says what it is
     * @throws IOException if writing fails
     */
    public void write(CaptureWriter writer, long count, boolean named) throws IOException {
        for (long i = 0; i < count; i++) {
            Scenario scenario = next();
            PacketNote note = named ? PacketNote.comment(scenario.name()) : PacketNote.NONE;
            int captured = snapLength == 0 ? frame.length() : Math.min(snapLength, frame.length());
            writer.write(0, timestampNanos, frame.bytes(), 0, captured, frame.length(), note);
        }
    }

    private Scenario next() {
        Scenario scenario = built < scenarios.size() ? scenarios.get((int) built) : byWeight();
        built++;
        timestampNanos += (1 + random.nextInt(MAX_GAP_MICROS)) * 1_000L;
        frame.clear();
        scenario.recipe().build(frame, hosts);
        return scenario;
    }

    private Scenario byWeight() {
        int drawn = random.nextInt(totalWeight);
        for (Scenario scenario : scenarios) {
            drawn -= scenario.weight();
            if (drawn < 0) {
                return scenario;
            }
        }
        throw new AssertionError("weights add up to " + totalWeight);
    }
}
