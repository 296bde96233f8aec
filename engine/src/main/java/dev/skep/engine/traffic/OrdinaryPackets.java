package dev.skep.engine.traffic;

import static dev.skep.engine.traffic.FrameBuilder.ETHERTYPE_ARP;
import static dev.skep.engine.traffic.FrameBuilder.ETHERTYPE_IPV4;
import static dev.skep.engine.traffic.FrameBuilder.ETHERTYPE_IPV6;
import static dev.skep.engine.traffic.FrameBuilder.ETHERTYPE_LLDP;
import static dev.skep.engine.traffic.FrameBuilder.ETHERTYPE_QINQ;
import static dev.skep.engine.traffic.FrameBuilder.ETHERTYPE_VLAN;
import static dev.skep.engine.traffic.FrameBuilder.ICMP_HEADER;
import static dev.skep.engine.traffic.FrameBuilder.PROTOCOL_GRE;
import static dev.skep.engine.traffic.FrameBuilder.PROTOCOL_ICMP;
import static dev.skep.engine.traffic.FrameBuilder.PROTOCOL_ICMPV6;
import static dev.skep.engine.traffic.FrameBuilder.PROTOCOL_IGMP;
import static dev.skep.engine.traffic.FrameBuilder.PROTOCOL_IPV6_FRAGMENT;
import static dev.skep.engine.traffic.FrameBuilder.PROTOCOL_IPV6_HOP_BY_HOP;
import static dev.skep.engine.traffic.FrameBuilder.PROTOCOL_TCP;
import static dev.skep.engine.traffic.FrameBuilder.PROTOCOL_UDP;
import static dev.skep.engine.traffic.FrameBuilder.TCP_ACK;
import static dev.skep.engine.traffic.FrameBuilder.TCP_FIN;
import static dev.skep.engine.traffic.FrameBuilder.TCP_HEADER;
import static dev.skep.engine.traffic.FrameBuilder.TCP_PSH;
import static dev.skep.engine.traffic.FrameBuilder.TCP_SYN;
import static dev.skep.engine.traffic.FrameBuilder.UDP_HEADER;

import java.util.List;

/** Packets as they ought to be: what a server on an ordinary network sees, wanted or not. */
final class OrdinaryPackets {
    private static final int HTTPS = 443;
    private static final int DNS = 53;
    private static final int TELNET = 23;
    private static final int SSDP = 1900;
    /** The "more fragments" bit of an IPv4 header's fragment field. */
    private static final int MORE_FRAGMENTS = 0x2000;

    private OrdinaryPackets() {}

    static List<Scenario> scenarios() {
        return List.of(
                new Scenario(
                        "TCP data", 24, (f, h) -> tcp(f, h, h.client(), HTTPS, TCP_ACK | TCP_PSH, h.between(1, 1400))),
                new Scenario("TCP SYN", 8, (f, h) -> tcp(f, h, h.client(), HTTPS, TCP_SYN, 0)),
                new Scenario("TCP FIN", 3, (f, h) -> tcp(f, h, h.client(), HTTPS, TCP_FIN | TCP_ACK, 0)),
                new Scenario("SYN flood", 12, (f, h) -> tcp(f, h, Hosts.FLOODER, HTTPS, TCP_SYN, 0)),
                new Scenario("telnet", 3, (f, h) -> tcp(f, h, h.client(), TELNET, TCP_SYN, 0)),
                new Scenario("blocked IPv4 network", 5, (f, h) -> tcp(f, h, h.blocked(), HTTPS, TCP_SYN, 0)),
                new Scenario("DNS query", 8, (f, h) -> dns(f, h, h.client())),
                new Scenario("DNS query from blocked network", 2, (f, h) -> dns(f, h, h.blocked())),
                new Scenario("SSDP", 3, OrdinaryPackets::ssdp),
                new Scenario("ICMP echo", 4, OrdinaryPackets::echo),
                new Scenario("first IPv4 fragment", 1, OrdinaryPackets::firstFragment),
                new Scenario("later IPv4 fragment", 1, OrdinaryPackets::laterFragment),
                new Scenario("IPv4 options (IGMP)", 1, OrdinaryPackets::igmp),
                new Scenario("GRE", 1, OrdinaryPackets::gre),
                new Scenario(
                        "TCP over IPv6", 8, (f, h) -> tcp6(f, h, h.client6(), TCP_ACK | TCP_PSH, h.between(1, 1380))),
                new Scenario("TCP SYN over IPv6", 4, (f, h) -> tcp6(f, h, h.client6(), TCP_SYN, 0)),
                new Scenario("blocked IPv6 network", 4, (f, h) -> tcp6(f, h, h.blocked6(), TCP_SYN, 0)),
                new Scenario("DNS query over IPv6", 4, OrdinaryPackets::dns6),
                new Scenario("ICMPv6 echo", 3, OrdinaryPackets::echo6),
                new Scenario("IPv6 hop-by-hop options", 1, OrdinaryPackets::hopByHop),
                new Scenario("IPv6 fragment", 1, OrdinaryPackets::fragment6),
                new Scenario("VLAN, IPv4", 4, OrdinaryPackets::vlanTcp),
                new Scenario("VLAN, IPv6", 2, OrdinaryPackets::vlanTcp6),
                new Scenario("QinQ, IPv4", 2, OrdinaryPackets::doubleTagged),
                new Scenario("ARP request", 3, OrdinaryPackets::arp),
                new Scenario("LLDP", 1, OrdinaryPackets::lldp));
    }

    private static void tcp(FrameBuilder frame, Hosts hosts, int source, int port, int flags, int payload) {
        hosts.toServer(frame, ETHERTYPE_IPV4);
        tcpOverIpv4(frame, hosts, source, port, flags, payload);
    }

    private static void tcpOverIpv4(FrameBuilder frame, Hosts hosts, int source, int port, int flags, int payload) {
        frame.ipv4(source, Hosts.SERVER, PROTOCOL_TCP, TCP_HEADER + payload, 0)
                .tcp(hosts.ephemeralPort(), port, flags, hosts.anything(), payload)
                .pad();
    }

    private static void tcp6(FrameBuilder frame, Hosts hosts, Ipv6Address source, int flags, int payload) {
        hosts.toServer(frame, ETHERTYPE_IPV6);
        tcpOverIpv6(frame, hosts, source, flags, payload);
    }

    private static void tcpOverIpv6(FrameBuilder frame, Hosts hosts, Ipv6Address source, int flags, int payload) {
        frame.ipv6(source, hosts.server6(), PROTOCOL_TCP, TCP_HEADER + payload)
                .tcp(hosts.ephemeralPort(), HTTPS, flags, hosts.anything(), payload);
    }

    private static void dns(FrameBuilder frame, Hosts hosts, int source) {
        int question = dnsLength(hosts);
        hosts.toServer(frame, ETHERTYPE_IPV4).ipv4(source, Hosts.SERVER, PROTOCOL_UDP, UDP_HEADER + question, 0);
        dnsDatagram(frame, hosts, question);
        frame.pad();
    }

    private static void dns6(FrameBuilder frame, Hosts hosts) {
        int question = dnsLength(hosts);
        hosts.toServer(frame, ETHERTYPE_IPV6)
                .ipv6(hosts.client6(), hosts.server6(), PROTOCOL_UDP, UDP_HEADER + question);
        dnsDatagram(frame, hosts, question);
    }

    /** Header, one label of 1 to 20 letters, the root label, type and class (RFC 1035, section 4). */
    private static int dnsLength(Hosts hosts) {
        return 12 + 1 + hosts.between(1, 20) + 1 + 4;
    }

    private static void dnsDatagram(FrameBuilder frame, Hosts hosts, int length) {
        int start = frame.length();
        int label = length - 18;
        frame.udp(hosts.ephemeralPort(), DNS, length);
        // Identifier, "recursion desired", one question.
        frame.int16(hosts.anything()).int16(0x0100).int16(1).int16(0).int16(0).int16(0);
        frame.int8(label).payload(label).int8(0).int16(1).int16(1).udpChecksum(start);
    }

    private static void ssdp(FrameBuilder frame, Hosts hosts) {
        int payload = hosts.between(90, 180);
        hosts.toServer(frame, ETHERTYPE_IPV4).ipv4(hosts.client(), Hosts.SERVER, PROTOCOL_UDP, UDP_HEADER + payload, 0);
        int start = frame.length();
        frame.udp(hosts.ephemeralPort(), SSDP, payload).payload(payload).udpChecksum(start);
    }

    private static void echo(FrameBuilder frame, Hosts hosts) {
        int payload = hosts.between(8, 56);
        hosts.toServer(frame, ETHERTYPE_IPV4)
                .ipv4(hosts.client(), Hosts.SERVER, PROTOCOL_ICMP, ICMP_HEADER + payload, 0)
                .icmpEcho(hosts.between(1, 0xffff), hosts.between(1, 100), payload)
                .pad();
    }

    private static void firstFragment(FrameBuilder frame, Hosts hosts) {
        int payload = 1472;
        hosts.toServer(frame, ETHERTYPE_IPV4)
                .ipv4(hosts.client(), Hosts.SERVER, PROTOCOL_UDP, UDP_HEADER + payload, MORE_FRAGMENTS)
                .udp(hosts.ephemeralPort(), DNS, 2000)
                .payload(payload);
    }

    private static void laterFragment(FrameBuilder frame, Hosts hosts) {
        int payload = 528;
        hosts.toServer(frame, ETHERTYPE_IPV4)
                .ipv4(hosts.client(), Hosts.SERVER, PROTOCOL_UDP, payload, (UDP_HEADER + 1472) / 8)
                .payload(payload);
    }

    private static void igmp(FrameBuilder frame, Hosts hosts) {
        hosts.toServer(frame, ETHERTYPE_IPV4)
                .ipv4WithOption(hosts.client(), Hosts.SERVER, PROTOCOL_IGMP, 8)
                .int32(0x1600_09fa)
                .int32(0xe000_00fb)
                .pad();
    }

    private static void gre(FrameBuilder frame, Hosts hosts) {
        hosts.toServer(frame, ETHERTYPE_IPV4)
                .ipv4(hosts.client(), Hosts.SERVER, PROTOCOL_GRE, 4 + 60, 0)
                .int16(0)
                .int16(ETHERTYPE_IPV4)
                .payload(60);
    }

    private static void echo6(FrameBuilder frame, Hosts hosts) {
        int payload = hosts.between(8, 56);
        hosts.toServer(frame, ETHERTYPE_IPV6)
                .ipv6(hosts.client6(), hosts.server6(), PROTOCOL_ICMPV6, ICMP_HEADER + payload)
                .icmp6(128, hosts.anything(), payload);
    }

    private static void hopByHop(FrameBuilder frame, Hosts hosts) {
        hosts.toServer(frame, ETHERTYPE_IPV6)
                .ipv6(hosts.client6(), hosts.server6(), PROTOCOL_IPV6_HOP_BY_HOP, 8 + TCP_HEADER);
        // Next header TCP, no further 8 bytes, then six bytes of padding (PadN).
        frame.int8(PROTOCOL_TCP).int8(0).int8(1).int8(4).int32(0);
        frame.tcp(hosts.ephemeralPort(), HTTPS, TCP_SYN, hosts.anything(), 0);
    }

    private static void fragment6(FrameBuilder frame, Hosts hosts) {
        int payload = 400;
        hosts.toServer(frame, ETHERTYPE_IPV6)
                .ipv6(hosts.client6(), hosts.server6(), PROTOCOL_IPV6_FRAGMENT, 8 + payload);
        // Next header UDP, fragment offset 1232 bytes, the last fragment.
        frame.int8(PROTOCOL_UDP).int8(0).int16(1232).int32(hosts.anything()).payload(payload);
    }

    private static void vlanTcp(FrameBuilder frame, Hosts hosts) {
        hosts.toServer(frame).tag(ETHERTYPE_VLAN, 100).etherType(ETHERTYPE_IPV4);
        tcpOverIpv4(frame, hosts, hosts.client(), HTTPS, TCP_ACK, hosts.between(1, 600));
    }

    private static void vlanTcp6(FrameBuilder frame, Hosts hosts) {
        hosts.toServer(frame).tag(ETHERTYPE_VLAN, 100).etherType(ETHERTYPE_IPV6);
        tcpOverIpv6(frame, hosts, hosts.client6(), TCP_ACK, hosts.between(1, 600));
    }

    private static void doubleTagged(FrameBuilder frame, Hosts hosts) {
        hosts.toServer(frame).tag(ETHERTYPE_QINQ, 200).tag(ETHERTYPE_VLAN, 100).etherType(ETHERTYPE_IPV4);
        tcpOverIpv4(frame, hosts, hosts.client(), HTTPS, TCP_ACK, hosts.between(1, 600));
    }

    private static void arp(FrameBuilder frame, Hosts hosts) {
        frame.addresses(0xffff_ffff_ffffL, 0x0200_0000_0001L).etherType(ETHERTYPE_ARP);
        // Ethernet, IPv4, request (RFC 826).
        frame.int16(1).int16(ETHERTYPE_IPV4).int8(6).int8(4).int16(1);
        frame.int16(0x0200)
                .int32(1)
                .int32(hosts.client())
                .int16(0)
                .int32(0)
                .int32(Hosts.SERVER)
                .pad();
    }

    private static void lldp(FrameBuilder frame, Hosts hosts) {
        frame.addresses(0x0180_c200_000eL, 0x0200_0000_0001L).etherType(ETHERTYPE_LLDP);
        // Chassis (an Ethernet address), port (an Ethernet address), time to live, end.
        frame.int16(0x0207).int8(4).int16(0x0200).int32(1);
        frame.int16(0x0407).int8(3).int16(0x0200).int32(hosts.between(1, 48));
        frame.int16(0x0602).int16(120).int16(0).pad();
    }
}
