package dev.skep.engine.traffic;

import static dev.skep.engine.traffic.FrameBuilder.ETHERTYPE_IPV4;
import static dev.skep.engine.traffic.FrameBuilder.ETHERTYPE_IPV6;
import static dev.skep.engine.traffic.FrameBuilder.ETHERTYPE_VLAN;
import static dev.skep.engine.traffic.FrameBuilder.ICMP_HEADER;
import static dev.skep.engine.traffic.FrameBuilder.PROTOCOL_ICMP;
import static dev.skep.engine.traffic.FrameBuilder.PROTOCOL_IPV6_HOP_BY_HOP;
import static dev.skep.engine.traffic.FrameBuilder.PROTOCOL_TCP;
import static dev.skep.engine.traffic.FrameBuilder.PROTOCOL_UDP;
import static dev.skep.engine.traffic.FrameBuilder.TCP_ACK;
import static dev.skep.engine.traffic.FrameBuilder.TCP_HEADER;
import static dev.skep.engine.traffic.FrameBuilder.TCP_SYN;
import static dev.skep.engine.traffic.FrameBuilder.UDP_HEADER;

import java.util.List;

/** Packets that say something untrue about themselves, each in one way. */
final class MalformedPackets {
    private static final int ETHERNET_HEADER = 14;
    private static final int HTTPS = 443;
    private static final int DNS = 53;

    private MalformedPackets() {}

    static List<Scenario> scenarios() {
        return List.of(
                new Scenario("runt frame", 1, (f, h) -> tcp(f, h).cut(h.between(1, ETHERNET_HEADER - 1))),
                new Scenario("truncated VLAN tag", 1, MalformedPackets::truncatedTag),
                new Scenario("truncated IPv4 header", 1, (f, h) -> tcp(f, h).cut(ETHERNET_HEADER + h.between(0, 19))),
                new Scenario(
                        "IPv4 header length below 5", 1, (f, h) -> tcp(f, h).set8(ETHERNET_HEADER, 0x44)),
                new Scenario("IPv4 header longer than the frame", 1, MalformedPackets::headerBeyondFrame),
                new Scenario("IPv4 version 7", 1, (f, h) -> tcp(f, h).set8(ETHERNET_HEADER, 0x75)),
                new Scenario(
                        "IPv4 length beyond the frame", 1, (f, h) -> tcp(f, h).set16(ETHERNET_HEADER + 2, 1500)),
                new Scenario(
                        "IPv4 length below the header", 1, (f, h) -> tcp(f, h).set16(ETHERNET_HEADER + 2, 12)),
                new Scenario("truncated TCP header", 1, MalformedPackets::truncatedTcp),
                new Scenario("TCP data offset below 5", 1, (f, h) -> tcp(f, h).set8(ETHERNET_HEADER + 20 + 12, 0x40)),
                new Scenario(
                        "UDP length beyond the packet", 1, (f, h) -> udp(f, h).set16(ETHERNET_HEADER + 20 + 4, 900)),
                new Scenario(
                        "UDP length below the header", 1, (f, h) -> udp(f, h).set16(ETHERNET_HEADER + 20 + 4, 3)),
                new Scenario("truncated ICMP header", 1, MalformedPackets::truncatedIcmp),
                new Scenario("truncated IPv6 header", 1, (f, h) -> tcp6(f, h).cut(ETHERNET_HEADER + h.between(0, 39))),
                new Scenario("IPv6 version 4", 1, (f, h) -> tcp6(f, h).set8(ETHERNET_HEADER, 0x40)),
                new Scenario(
                        "IPv6 length beyond the frame", 1, (f, h) -> tcp6(f, h).set16(ETHERNET_HEADER + 4, 1200)),
                new Scenario("IPv6 options beyond the packet", 1, MalformedPackets::optionsBeyondPacket));
    }

    private static FrameBuilder tcp(FrameBuilder frame, Hosts hosts) {
        int payload = hosts.between(20, 100);
        return hosts.toServer(frame, ETHERTYPE_IPV4)
                .ipv4(hosts.client(), Hosts.SERVER, PROTOCOL_TCP, TCP_HEADER + payload, 0)
                .tcp(hosts.ephemeralPort(), HTTPS, TCP_ACK, hosts.anything(), payload);
    }

    private static FrameBuilder tcp6(FrameBuilder frame, Hosts hosts) {
        int payload = hosts.between(20, 100);
        return hosts.toServer(frame, ETHERTYPE_IPV6)
                .ipv6(hosts.client6(), hosts.server6(), PROTOCOL_TCP, TCP_HEADER + payload)
                .tcp(hosts.ephemeralPort(), HTTPS, TCP_ACK, hosts.anything(), payload);
    }

    private static FrameBuilder udp(FrameBuilder frame, Hosts hosts) {
        int payload = hosts.between(20, 60);
        return hosts.toServer(frame, ETHERTYPE_IPV4)
                .ipv4(hosts.client(), Hosts.SERVER, PROTOCOL_UDP, UDP_HEADER + payload, 0)
                .udp(hosts.ephemeralPort(), DNS, payload)
                .payload(payload);
    }

    private static void truncatedTag(FrameBuilder frame, Hosts hosts) {
        hosts.toServer(frame).tag(ETHERTYPE_VLAN, 100).cut(ETHERNET_HEADER + hosts.between(0, 2));
    }

    /** Says 60 bytes of header where the frame has 24 bytes after the Ethernet header. */
    private static void headerBeyondFrame(FrameBuilder frame, Hosts hosts) {
        tcp(frame, hosts).set8(ETHERNET_HEADER, 0x4f).cut(ETHERNET_HEADER + 24);
    }

    /** The IP header is truthful about its length, which is too short for the TCP header. */
    private static void truncatedTcp(FrameBuilder frame, Hosts hosts) {
        int left = hosts.between(1, TCP_HEADER - 1);
        hosts.toServer(frame, ETHERTYPE_IPV4)
                .ipv4(hosts.client(), Hosts.SERVER, PROTOCOL_TCP, left, 0)
                .int16(hosts.ephemeralPort())
                .payload(left)
                .cut(ETHERNET_HEADER + 20 + left);
    }

    private static void truncatedIcmp(FrameBuilder frame, Hosts hosts) {
        int left = hosts.between(1, ICMP_HEADER - 1);
        hosts.toServer(frame, ETHERTYPE_IPV4)
                .ipv4(hosts.client(), Hosts.SERVER, PROTOCOL_ICMP, left, 0)
                .payload(left);
    }

    /** A hop-by-hop options header that claims 2,048 bytes in a packet of 28. */
    private static void optionsBeyondPacket(FrameBuilder frame, Hosts hosts) {
        hosts.toServer(frame, ETHERTYPE_IPV6)
                .ipv6(hosts.client6(), hosts.server6(), PROTOCOL_IPV6_HOP_BY_HOP, 8 + TCP_HEADER);
        frame.int8(PROTOCOL_TCP).int8(255).int8(1).int8(4).int32(0);
        frame.tcp(hosts.ephemeralPort(), HTTPS, TCP_SYN, hosts.anything(), 0);
    }
}
