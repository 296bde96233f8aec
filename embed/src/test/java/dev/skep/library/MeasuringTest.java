package dev.skep.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.LoadedClass;
import dev.skep.junit.BpfTest;
import dev.skep.junit.RunsOn;
import dev.skep.lang.context.XdpAction;
import dev.skep.lang.measure.LinearHistogram;
import dev.skep.lang.measure.Log2Histogram;
import dev.skep.lang.measure.TrafficCounter;
import dev.skep.lang.net.DnsName;
import dev.skep.lang.net.Ipv4Prefix;
import dev.skep.lang.net.Ipv6Prefix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasuringTest {
    private static final int FRAME = 64;

    private final Random random = new Random(6);

    private static int run(LoadedClass measuring, String program, byte[] frame) {
        return (int) measuring.program(program).run(frame).returnValue();
    }

    private static byte[] numbers(long first, long second) {
        return ByteBuffer.allocate(FRAME)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(first)
                .putLong(second)
                .array();
    }

    private static String bar(int length) {
        return "@".repeat(length) + " ".repeat(52 - length);
    }

    @BpfTest(
            value = Measuring.class,
            on = {RunsOn.ENGINE, RunsOn.JVM, RunsOn.KERNEL})
    void numbersAreCountedInTheirBuckets(LoadedClass measuring) {
        long[] powers = new long[65];
        long[] steps = new long[128];
        for (int i = 0; i < 400; i++) {
            long number = i % 4 == 0 ? random.nextLong() : random.nextInt(-150, 1100);
            assertThat(run(measuring, "measure", numbers(number, 0))).isEqualTo(XdpAction.XDP_PASS);
            int power = 2;
            for (long rest = number; rest > 1; rest >>= 1) {
                power++;
            }
            powers[number < 0 ? 0 : number == 0 ? 1 : power]++;
            steps[(int) Math.clamp(Math.floorDiv(number + 100, 100L) + 1, 0L, 11L)]++;
        }
        assertThat(measuring.map(".bss", Integer.class, Log2Histogram.class).require(0).counts)
                .isEqualTo(powers);
        assertThat(measuring.map("steps", Integer.class, LinearHistogram.class).require(0).counts)
                .isEqualTo(steps);
        TrafficCounter traffic = TrafficCounter.sum(measuring
                .perCpuMap("traffic", Integer.class, TrafficCounter.class)
                .require(0));
        assertThat(List.of(traffic.packets, traffic.bytes)).containsExactly(400L, 400L * FRAME);
    }

    @BpfTest(
            value = Measuring.class,
            on = {RunsOn.ENGINE, RunsOn.JVM, RunsOn.KERNEL})
    void aBucketLetsPassWhatHasDrippedIn(LoadedClass measuring) {
        long tokens = 5_000;
        long last = 1_000_000;
        long now = last;
        for (int i = 0; i < 300; i++) {
            now += random.nextInt(i % 50 < 25 ? 500 : 3000);
            tokens = Math.min(5_000, tokens + now - last);
            last = now;
            boolean passes = tokens >= 1_000;
            tokens -= passes ? 1_000 : 0;
            assertThat(run(measuring, "limit", numbers(7, now)) == XdpAction.XDP_PASS)
                    .as("at %d, with %d thousandths of a token", now, tokens)
                    .isEqualTo(passes);
        }
        assertThat(run(measuring, "limit", numbers(8, now)))
                .as("another's bucket")
                .isEqualTo(XdpAction.XDP_PASS);
    }

    @BpfTest(
            value = Measuring.class,
            on = {RunsOn.ENGINE, RunsOn.JVM, RunsOn.KERNEL})
    void theLongestPrefixCounts(LoadedClass measuring) {
        var networks = measuring.map("networks", Ipv4Prefix.class, Integer.class);
        networks.put(Ipv4Prefix.parse("10.0.0.0/8"), 1);
        networks.put(Ipv4Prefix.parse("10.9.0.0/16"), 2);
        networks.put(Ipv4Prefix.parse("10.9.8.7"), 3);
        var networks6 = measuring.map("networks6", Ipv6Prefix.class, Integer.class);
        networks6.put(Ipv6Prefix.parse("2001:db8::/32"), 4);
        networks6.put(Ipv6Prefix.parse("2001:db8::1"), 5);
        assertThat(run(measuring, "network", numbers(0x0a010203, 0))).isEqualTo(1);
        assertThat(run(measuring, "network", numbers(0x0a090102, 0))).isEqualTo(2);
        assertThat(run(measuring, "network", numbers(0x0a090807, 0))).isEqualTo(3);
        assertThat(run(measuring, "network", numbers(0x0b090807, 0))).isEqualTo(-1);
        byte[] frame =
                ByteBuffer.wrap(numbers(0, 0)).putLong(22, 0x20010db800000000L).array();
        assertThat(run(measuring, "network", frame)).isEqualTo(4);
        assertThat(run(
                        measuring,
                        "network",
                        ByteBuffer.wrap(frame).put(37, (byte) 1).array()))
                .isEqualTo(5);
    }

    private static byte[] question(byte[] name) {
        ByteBuffer frame = ByteBuffer.allocate(200)
                .put(Frames.ethernet("0800 45 00 0080 0000 0000 40 11 0000 0a000001 0a000002 1000 0035 0050 0000"))
                .putShort((short) 0x1234)
                .putShort((short) 0x0100)
                .putShort((short) 1)
                .position(54);
        return frame.put(name).array();
    }

    private static byte[] labels(String... labels) {
        ByteBuffer name = ByteBuffer.allocate(100);
        for (String label : labels) {
            name.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        return name.array();
    }

    @BpfTest(
            value = Measuring.class,
            on = {RunsOn.ENGINE, RunsOn.JVM, RunsOn.KERNEL})
    void namesOfQuestionsAreLookedUp(LoadedClass measuring) {
        var names = measuring.map("names", DnsName.class, Integer.class);
        names.put(DnsName.parse("www.example.org"), 1);
        names.put(DnsName.parse("."), 2);
        String long61 = "a".repeat(61);
        names.put(DnsName.parse(long61), 3);
        assertThat(run(measuring, "question", question(labels("www", "example", "org"))))
                .isEqualTo(1);
        assertThat(run(measuring, "question", question(labels("Www", "EXAMPLE", "org"))))
                .isEqualTo(1);
        assertThat(run(measuring, "question", question(labels("www", "example", "com"))))
                .isEqualTo(-1);
        assertThat(run(measuring, "question", question(labels()))).isEqualTo(2);
        assertThat(run(measuring, "question", question(labels(long61)))).isEqualTo(3);
        assertThat(run(measuring, "question", question(labels("a".repeat(63))))).isEqualTo(-3);
        assertThat(run(measuring, "question", question(new byte[] {1, 'a', (byte) 0xc0, 12})))
                .isEqualTo(-3);
        byte[] cut = new byte[54 + 5];
        System.arraycopy(question(labels("www", "example")), 0, cut, 0, cut.length);
        assertThat(run(measuring, "question", cut)).isEqualTo(-3);
    }

    @Test
    void histogramsPrintAsBpftraceDoes() {
        Log2Histogram powers = new Log2Histogram();
        for (long number : new long[] {-5, 1, 1, 3, 1500, 1 << 20}) {
            powers.counts[Log2Histogram.bucket(number)]++;
        }
        assertThat(powers.text().lines().toList())
                .hasSize(23)
                .startsWith(
                        "(..., 0)               1 |" + bar(26) + "|",
                        "[0]                    0 |" + bar(0) + "|",
                        "[1]                    2 |" + bar(52) + "|",
                        "[2, 4)                 1 |" + bar(26) + "|")
                .contains("[512, 1K)              0 |" + bar(0) + "|", "[1K, 2K)               1 |" + bar(26) + "|")
                .endsWith("[1M, 2M)               1 |" + bar(26) + "|");
        LinearHistogram steps = new LinearHistogram();
        for (long number : new long[] {-1, 0, 150, 199, 300}) {
            steps.record(number, 0, 300, 100);
        }
        assertThat(steps.text(0, 300, 100).lines())
                .containsExactly(
                        "(..., 0)               1 |" + bar(26) + "|",
                        "[0, 100)               1 |" + bar(26) + "|",
                        "[100, 200)             2 |" + bar(52) + "|",
                        "[200, 300)             0 |" + bar(0) + "|",
                        "[300, ...)             1 |" + bar(26) + "|");
        assertThat(new Log2Histogram().text()).isEmpty();
    }

    @Test
    void textAndKeysAreInverse() {
        assertThat(Ipv4Prefix.parse("192.0.2.128/25").text()).isEqualTo("192.0.2.128/25");
        assertThat(Ipv6Prefix.parse("2001:db8::/32").text()).isEqualTo("2001:db8:0:0:0:0:0:0/32");
        assertThat(DnsName.parse("WWW.example.org.").text()).isEqualTo("www.example.org");
        assertThat(DnsName.parse(".").text()).isEqualTo(".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "::/0", "host/8"})
    void whatIsNoNetworkOfIpv4IsRefused(String text) {
        assertThatThrownBy(() -> Ipv4Prefix.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a..b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void whatIsNoNameIsRefused(String text) {
        assertThatThrownBy(() -> DnsName.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
