package dev.skep.library;

import static dev.skep.lang.context.XdpAction.XDP_DROP;
import static dev.skep.lang.context.XdpAction.XDP_PASS;
import static dev.skep.lang.context.XdpAction.XDP_TX;

import dev.skep.lang.context.XdpContext;
import dev.skep.lang.net.Checksum;
import dev.skep.lang.net.Ethernet;
import dev.skep.lang.net.Ipv4;
import dev.skep.lang.net.Ipv6;
import dev.skep.lang.net.PacketCursor;
import dev.skep.lang.net.Udp;
import dev.skep.lang.program.Xdp;

/** Verifies checksums, and keeps them right where it changes a packet. */
public final class Checksums {
    private Checksums() {}

    /** What the checksum over pseudo header and data is with that of the packet counted in: 0 if it is right. */
    @Xdp
    static int verify(XdpContext context) {
        PacketCursor cursor = new PacketCursor();
        if (cursor.ethernet(context) == null) {
            return -1;
        }
        int start = cursor.offset;
        Ipv4 ip = cursor.ipv4(context);
        if (ip != null) {
            if (Checksum.of(Checksum.sum(context, start, ip.headerLength())) != 0) {
                return -2;
            }
            return transport(context, cursor, ip.totalLength - ip.headerLength(), ip);
        }
        Ipv6 ip6 = cursor.ipv6(context);
        if (ip6 == null) {
            return -3;
        }
        int length = ip6.payloadLength - (cursor.offset - start - Ipv6.SIZE);
        long pseudo = Checksum.pseudoHeader(context, start, cursor.protocol, length);
        return finish(pseudo, Checksum.sum(context, cursor.offset, length));
    }

    private static int transport(XdpContext context, PacketCursor cursor, int length, Ipv4 ip) {
        long pseudo = cursor.protocol == Ipv4.ICMP ? 0 : Checksum.pseudoHeader(ip, cursor.protocol, length);
        return finish(pseudo, Checksum.sum(context, cursor.offset, length));
    }

    private static int finish(long pseudo, long sum) {
        return pseudo < 0 || sum < 0 ? -4 : Checksum.of(pseudo + sum);
    }

    /** Sends UDP over IPv4 to 192.0.2.1, port 9, and mends its checksums by what has changed. */
    @Xdp
    static int redirect(XdpContext context) {
        Ipv4 ip = context.packet(Ethernet.SIZE, Ipv4.class);
        Udp udp = context.packet(Ethernet.SIZE + Ipv4.SIZE, Udp.class);
        if (ip == null || udp == null) {
            return XDP_DROP;
        }
        if (ip.headerLength() != Ipv4.SIZE || ip.protocol != Ipv4.UDP || udp.checksum == 0) {
            return XDP_PASS;
        }
        int address = 0xc0000201;
        int checksum = Checksum.update32(udp.checksum, ip.destination, address);
        udp.checksum = (short) Checksum.ofUdp(Checksum.update16(checksum, udp.destination, 9));
        ip.checksum = (short) Checksum.update32(ip.checksum, ip.destination, address);
        ip.destination = address;
        udp.destination = 9;
        return XDP_TX;
    }
}
