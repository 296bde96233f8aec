package dev.skep.engine.traffic;

import java.util.Arrays;

/**
 * Builds one Ethernet frame front to back in a reused array: each method appends a header, the transport methods also fill in
 * checksums. Numbers are written in network byte order.
 *
 * <p>Layouts: IEEE 802.3 and 802.1Q, RFC 791 (IPv4), RFC 8200 (IPv6), RFC 9293 (TCP), RFC 768 (UDP), RFC 792 and RFC 4443
 * (ICMP).
 */
final class FrameBuilder {
    static final int ETHERTYPE_IPV4 = 0x0800;
    static final int ETHERTYPE_ARP = 0x0806;
    static final int ETHERTYPE_VLAN = 0x8100;
    static final int ETHERTYPE_IPV6 = 0x86dd;
    static final int ETHERTYPE_QINQ = 0x88a8;
    static final int ETHERTYPE_LLDP = 0x88cc;

    static final int PROTOCOL_ICMP = 1;
    static final int PROTOCOL_IGMP = 2;
    static final int PROTOCOL_TCP = 6;
    static final int PROTOCOL_UDP = 17;
    static final int PROTOCOL_IPV6_FRAGMENT = 44;
    static final int PROTOCOL_GRE = 47;
    static final int PROTOCOL_ICMPV6 = 58;
    static final int PROTOCOL_IPV6_HOP_BY_HOP = 0;

    static final int TCP_FIN = 0x01;
    static final int TCP_SYN = 0x02;
    static final int TCP_RST = 0x04;
    static final int TCP_PSH = 0x08;
    static final int TCP_ACK = 0x10;

    static final int IPV4_HEADER = 20;
    static final int IPV6_HEADER = 40;
    static final int TCP_HEADER = 20;
    static final int UDP_HEADER = 8;
    static final int ICMP_HEADER = 8;

    private static final int MAX_FRAME = 2048;
    /** The shortest Ethernet frame without its check sequence. */
    private static final int MIN_FRAME = 60;

    private final byte[] bytes = new byte[MAX_FRAME];
    private int length;
    /** Ones' complement sum of the addresses of the last IP header, for transport checksums. */
    private long addressSum;

    void clear() {
        length = 0;
        addressSum = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    FrameBuilder int8(int value) {
        bytes[length++] = (byte) value;
        return this;
    }

    FrameBuilder int16(int value) {
        return int8(value >>> 8).int8(value);
    }

    FrameBuilder int32(int value) {
        return int16(value >>> 16).int16(value);
    }

    FrameBuilder int64(long value) {
        return int32((int) (value >>> 32)).int32((int) value);
    }

    /** {@code count} bytes of a running pattern, so that payloads are not all alike. */
    FrameBuilder payload(int count) {
        for (int i = 0; i < count; i++) {
            int8('a' + (i + count) % 26);
        }
        return this;
    }

    /** Overwrites the byte at {@code index}. */
    FrameBuilder set8(int index, int value) {
        bytes[index] = (byte) value;
        return this;
    }

    /** Overwrites two bytes at {@code index}. */
    FrameBuilder set16(int index, int value) {
        return set8(index, value >>> 8).set8(index + 1, value);
    }

    /** Cuts the frame after {@code newLength} bytes. */
    FrameBuilder cut(int newLength) {
        length = newLength;
        return this;
    }

    /** Fills a frame up to the shortest that Ethernet allows. */
    FrameBuilder pad() {
        if (length < MIN_FRAME) {
            Arrays.fill(bytes, length, MIN_FRAME, (byte) 0);
            length = MIN_FRAME;
        }
        return this;
    }

    /** Destination and source address, lower 48 bits of each; an EtherType or a tag must follow. */
    FrameBuilder addresses(long destination, long source) {
        return int16((int) (destination >>> 32))
                .int32((int) destination)
                .int16((int) (source >>> 32))
                .int32((int) source);
    }

    /** A VLAN tag: {@link #ETHERTYPE_VLAN} or {@link #ETHERTYPE_QINQ}, then the tag control information. */
    FrameBuilder tag(int protocol, int vlan) {
        return int16(protocol).int16(vlan & 0xfff);
    }

    FrameBuilder etherType(int type) {
        return int16(type);
    }

    /** An IPv4 header without options, with its checksum. @param fragment flags and offset as in the header */
    FrameBuilder ipv4(int source, int destination, int protocol, int payloadLength, int fragment) {
        int start = length;
        int8(0x45).int8(0).int16(IPV4_HEADER + payloadLength);
        int16((source ^ destination * 31) + payloadLength).int16(fragment);
        int8(64).int8(protocol).int16(0).int32(source).int32(destination);
        set16(start + 10, checksum(start, length, 0));
        addressSum = sum(start + 12, length);
        return this;
    }

    /** An IPv4 header with one 4-byte option (router alert, RFC 2113), with its checksum. */
    FrameBuilder ipv4WithOption(int source, int destination, int protocol, int payloadLength) {
        int start = length;
        ipv4(source, destination, protocol, payloadLength + 4, 0);
        set8(start, 0x46).set16(start + 10, 0).int32(0x94040000);
        set16(start + 10, checksum(start, length, 0));
        return this;
    }

    /** An IPv6 header. @param next the protocol number that follows */
    FrameBuilder ipv6(Ipv6Address source, Ipv6Address destination, int next, int payloadLength) {
        int start = length;
        int32(0x6000_0000).int16(payloadLength).int8(next).int8(64);
        int64(source.high()).int64(source.low()).int64(destination.high()).int64(destination.low());
        addressSum = sum(start + 8, length);
        return this;
    }

    /** A TCP header without options and {@code payloadLength} bytes of payload, with the checksum. */
    FrameBuilder tcp(int sourcePort, int destinationPort, int flags, int sequence, int payloadLength) {
        int start = length;
        int16(sourcePort).int16(destinationPort).int32(sequence);
        int32((flags & TCP_ACK) == 0 ? 0 : sequence * 7).int8(0x50).int8(flags).int16(0xfaf0);
        int16(0).int16(0).payload(payloadLength);
        return transportChecksum(start, 16, PROTOCOL_TCP);
    }

    /** A UDP header; the payload must be {@link #payload appended} before {@link #udpChecksum}. */
    FrameBuilder udp(int sourcePort, int destinationPort, int payloadLength) {
        return int16(sourcePort)
                .int16(destinationPort)
                .int16(UDP_HEADER + payloadLength)
                .int16(0);
    }

    /** Fills in the checksum of the UDP datagram that starts at {@code start} and ends the frame. */
    FrameBuilder udpChecksum(int start) {
        return transportChecksum(start, 6, PROTOCOL_UDP);
    }

    /** An ICMP echo request. */
    FrameBuilder icmpEcho(int identifier, int sequence, int payloadLength) {
        int start = length;
        int8(8).int8(0).int16(0).int16(identifier).int16(sequence).payload(payloadLength);
        return set16(start + 2, checksum(start, length, 0));
    }

    /** An ICMPv6 message with a 4-byte body and payload: 128 is an echo request. */
    FrameBuilder icmp6(int type, int body, int payloadLength) {
        int start = length;
        int8(type).int8(0).int16(0).int32(body).payload(payloadLength);
        return transportChecksum(start, 2, PROTOCOL_ICMPV6);
    }

    private FrameBuilder transportChecksum(int start, int fieldOffset, int protocol) {
        int checksum = checksum(start, length, addressSum + protocol + (length - start));
        // A UDP checksum of zero would mean "none"; its ones' complement twin says the same sum.
        return set16(start + fieldOffset, checksum == 0 ? 0xffff : checksum);
    }

    /** The Internet checksum (RFC 1071) of a stretch of the frame, starting with {@code initial}. */
    private int checksum(int from, int to, long initial) {
        long sum = initial + sum(from, to);
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) (~sum & 0xffff);
    }

    private long sum(int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            int value = bytes[i] & 0xff;
            sum += (i - from) % 2 == 0 ? value << 8 : value;
        }
        return sum;
    }
}
