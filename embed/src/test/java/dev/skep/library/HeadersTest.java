package dev.skep.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.LoadedClass;
import dev.skep.junit.BpfTest;
import dev.skep.junit.RunsOn;
import dev.skep.library.Headers.Description;
import dev.skep.object.host.TypedMap;
import java.nio.ByteBuffer;
import java.util.List;

/** Headers, and the cursor that passes over them. Frames were written by hand from the RFCs. */
class HeadersTest {
    private static final String IPV4 = "45 00 0040 0000 0000 40 PP 0000 0a000001 0a000002";
    private static final String TCP_TO_80 = "1000 0050 00000001 00000002 50 12 ffff 0000 0000";
    private static final String UDP_TO_53 = "1000 0035 0014 0000";
    private static final String IPV6 =
            "60000000 0040 PP 40 20010db8000000000000000000000001 20010db8000000000000000000000002";
    private static final String PADDING = "00".repeat(32);

    private static String ipv4(String protocol) {
        return IPV4.replace("PP", protocol);
    }

    private static String ipv6(String protocol) {
        return IPV6.replace("PP", protocol);
    }

    private static Description run(LoadedClass headers, String program, byte[] frame) {
        TypedMap<Integer, Description> map = headers.map("descriptions", Integer.class, Description.class);
        map.put(0, new Description());
        headers.program(program).run(frame);
        return map.require(0);
    }

    /** In XDP and in traffic control alike, where the kernel sees a VLAN's tag as part of the packet in test runs too. */
    private static Description describe(LoadedClass headers, String... parts) {
        byte[] frame = Frames.ethernet(String.join("", parts) + PADDING);
        Description description = run(headers, "arriving", frame);
        assertThat(run(headers, "passing", frame)).usingRecursiveComparison().isEqualTo(description);
        return description;
    }

    @BpfTest(
            value = Headers.class,
            on = {RunsOn.ENGINE, RunsOn.JVM, RunsOn.KERNEL})
    void transportIsFoundBehindIpv4AndItsOptions(LoadedClass headers) {
        Description plain = describe(headers, "0800", ipv4("06"), TCP_TO_80);
        assertThat(List.of(plain.vlan, plain.network, plain.source, plain.transport))
                .containsExactly(-1, 0x0800, 0x0a000001, 6);
        assertThat(List.of(plain.destinationPort, plain.flags, plain.end)).containsExactly(80, 0x12, 14 + 20 + 20);
        String withOptions = ipv4("06").replaceFirst("45", "47") + "0101010101010100";
        Description optioned = describe(headers, "0800", withOptions, TCP_TO_80.replace("50 12", "60 12"), "020405b4");
        assertThat(List.of(optioned.destinationPort, optioned.end)).containsExactly(80, 14 + 28 + 24);
    }

    @BpfTest(
            value = Headers.class,
            on = {RunsOn.ENGINE, RunsOn.JVM, RunsOn.KERNEL})
    void laterFragmentsHaveNoTransport(LoadedClass headers) {
        String later = ipv4("11").replaceFirst("0000 40", "2001 40");
        Description description = describe(headers, "0800", later, UDP_TO_53);
        assertThat(List.of(description.transport, description.destinationPort, description.end))
                .containsExactly(-1, 0, 34);
        String first = ipv4("11").replaceFirst("0000 40", "2000 40");
        assertThat(describe(headers, "0800", first, UDP_TO_53).destinationPort).isEqualTo(53);
    }

    @BpfTest(
            value = Headers.class,
            on = {RunsOn.ENGINE, RunsOn.JVM, RunsOn.KERNEL})
    void extensionHeadersOfIpv6ArePassedOver(LoadedClass headers) {
        String hopByHop = "2c00 0502 0000 0100";
        String fragment = "3300 0000 00000001";
        String authentication = "1104 0000 00000001 00000001" + "00".repeat(12);
        Description chain = describe(headers, "86dd", ipv6("00"), hopByHop, fragment, authentication, UDP_TO_53);
        assertThat(List.of(chain.source, chain.transport, chain.destinationPort, chain.end))
                .containsExactly(1, 17, 53, 14 + 40 + 8 + 8 + 24 + 8);
        Description later = describe(headers, "86dd", ipv6("2c"), "1100 0008 00000001", UDP_TO_53);
        assertThat(List.of(later.transport, later.destinationPort)).containsExactly(-1, 0);
        Description echo = describe(headers, "86dd", ipv6("3a"), "8000 0000 0001 0001");
        assertThat(List.of(echo.transport, echo.flags)).containsExactly(58, 128);
    }

    @BpfTest(
            value = Headers.class,
            on = {RunsOn.ENGINE, RunsOn.JVM, RunsOn.KERNEL})
    void aChainOfExtensionHeadersThatIsTooLongIsNotFollowed(LoadedClass headers) {
        String option = "3c00 0000 0000 0000";
        Description description = describe(headers, "86dd", ipv6("3c"), option.repeat(7), UDP_TO_53);
        assertThat(List.of(description.transport, description.end)).containsExactly(60, 14 + 40 + 6 * 8);
    }

    @BpfTest(
            value = Headers.class,
            on = {RunsOn.ENGINE, RunsOn.JVM})
    void oneAndTwoTagsArePassedOver(LoadedClass headers) {
        Description one = describe(headers, "8100 a064", "0800", ipv4("11"), UDP_TO_53);
        assertThat(List.of(one.vlan, one.network, one.destinationPort)).containsExactly(100, 0x0800, 53);
        Description two = describe(headers, "88a8 0005 8100 0006", "86dd", ipv6("11"), UDP_TO_53);
        assertThat(List.of(two.vlan, two.network, two.destinationPort)).containsExactly(5, 0x86dd, 53);
        Description three = describe(headers, "8100 0001 8100 0002 8100 0003 0800", ipv4("11"), UDP_TO_53);
        assertThat(List.of(three.network, three.destinationPort)).containsExactly(0x8100, 0);
    }

    @BpfTest(
            value = Headers.class,
            on = {RunsOn.ENGINE, RunsOn.JVM, RunsOn.KERNEL})
    void addressesOfArpAreRead(LoadedClass headers) {
        Description description =
                describe(headers, "0806", "0001 0800 06 04 0001 020000000001 c0a80001 000000000000 c0a80002");
        assertThat(List.of(description.source, description.flags)).containsExactly(0xc0a80001, 1);
    }

    @BpfTest(
            value = Headers.class,
            on = {RunsOn.ENGINE, RunsOn.JVM, RunsOn.KERNEL})
    void tunnelsAreLookedInto(LoadedClass headers) {
        String inner = ipv4("01").replace("0a000001", "0a630001");
        Description gre = describe(headers, "0800", ipv4("2f"), "2000 0800 0000002a", inner);
        assertThat(List.of(gre.tunnel, gre.innerSource)).containsExactly(0x0800, 0x0a630001);
        String vxlan = "1000 12b5 0080 0000" + "08000000 00022b00" + "020000000003020000000004" + "8100 0007 0800";
        Description description = describe(headers, "0800", ipv4("11"), vxlan, inner);
        assertThat(List.of(description.tunnel, description.innerVlan, description.innerSource))
                .containsExactly(0x22b, 7, 0x0a630001);
    }

    @BpfTest(
            value = Headers.class,
            on = {RunsOn.ENGINE, RunsOn.JVM, RunsOn.KERNEL})
    void portsOfACaptureAreThoseAtTheirOffsets(LoadedClass headers) {
        int found = 0;
        for (byte[] bytes : Frames.captured()) {
            ByteBuffer frame = ByteBuffer.wrap(bytes);
            if (bytes.length >= 54 && frame.getShort(12) == 0x0800 && isPlain(frame)) {
                int port = Short.toUnsignedInt(frame.getShort(36));
                Description description = run(headers, "arriving", bytes);
                assertThat(List.of(description.source, description.destinationPort))
                        .containsExactly(frame.getInt(26), port);
                found++;
            }
        }
        assertThat(found).isGreaterThan(40);
    }

    /** TCP or UDP at its usual place: no options of IPv4, no later fragment, a TCP header that says that it is whole. */
    private static boolean isPlain(ByteBuffer frame) {
        boolean udp = frame.get(23) == 17;
        boolean tcp = frame.get(23) == 6 && (frame.get(46) & 0xf0) >= 0x50;
        return frame.get(14) == 0x45 && (frame.getShort(20) & 0x1fff) == 0 && (udp || tcp);
    }
}
