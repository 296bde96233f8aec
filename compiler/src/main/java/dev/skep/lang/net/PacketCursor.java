package dev.skep.lang.net;

import dev.skep.lang.Struct;
import dev.skep.lang.context.PacketContext;
import org.jspecify.annotations.Nullable;

/**
 * A place in a packet that moves on with each header that is read. A method returns {@code null}, and the cursor stays, if something
 * else follows than what it is for, or the packet ends before the header does.
 *
 * <pre>{@code
 * PacketCursor cursor = new PacketCursor();
 * if (cursor.ethernet(context) == null) {
 *     return XDP_PASS;
 * }
 * Ipv4 ip = cursor.ipv4(context);
 * Tcp tcp = cursor.tcp(context);
 * if (ip != null && tcp != null && tcp.destination == 23) {
 *     return XDP_DROP;
 * }
 * }</pre>
 */
public final class PacketCursor extends Struct {
    /** Nothing is known of what follows. */
    public static final int NONE = -1;

    /** How many extension headers of IPv6 are passed over; what follows more is not found. */
    public static final int MOST_EXTENSIONS = 6;

    private static final int FRAGMENT_OFFSET = 0x1fff;

    /** Bytes from the packet's start. */
    public int offset;

    /** What follows: an EtherType behind Ethernet, a protocol number behind IP, {@link #NONE} behind others. */
    public int protocol;

    /** The VLAN of the first tag, {@link #NONE} if there is no tag; set by {@link #ethernet}. */
    public int vlan;

    /** A cursor at the packet's start. */
    public PacketCursor() {}

    /** Reads Ethernet, and passes over up to two VLAN tags. */
    public @Nullable Ethernet ethernet(PacketContext packet) {
        Ethernet header = packet.packet(offset, Ethernet.class);
        if (header == null) {
            return null;
        }
        vlan = NONE;
        protocol = header.protocol;
        offset += Ethernet.SIZE;
        if (isTag(protocol)) {
            Vlan tag = packet.packet(offset, Vlan.class);
            if (tag == null) {
                return null;
            }
            vlan = tag.identifier();
            protocol = tag.protocol;
            offset += Vlan.SIZE;
            if (isTag(protocol)) {
                Vlan inner = packet.packet(offset, Vlan.class);
                if (inner == null) {
                    return null;
                }
                protocol = inner.protocol;
                offset += Vlan.SIZE;
            }
        }
        return header;
    }

    private static boolean isTag(int type) {
        return type == Ethernet.VLAN || type == Ethernet.SERVICE_VLAN;
    }

    /** Reads ARP for IPv4 on Ethernet. */
    public @Nullable Arp arp(PacketContext packet) {
        Arp message = protocol == Ethernet.ARP ? packet.packet(offset, Arp.class) : null;
        if (message != null) {
            pass(Arp.SIZE, NONE);
        }
        return message;
    }

    /** Reads IPv4, and passes over its options. Behind it nothing is known in a fragment that is not the first. */
    public @Nullable Ipv4 ipv4(PacketContext packet) {
        Ipv4 header = protocol == Ethernet.IPV4 ? packet.packet(offset, Ipv4.class) : null;
        if (header == null || header.headerLength() < Ipv4.SIZE) {
            return null;
        }
        pass(header.headerLength(), (header.fragment & FRAGMENT_OFFSET) == 0 ? header.protocol : NONE);
        return header;
    }

    /** Reads IPv6, and passes over its extension headers. Behind it nothing is known in a fragment that is not the first. */
    public @Nullable Ipv6 ipv6(PacketContext packet) {
        Ipv6 header = protocol == Ethernet.IPV6 ? packet.packet(offset, Ipv6.class) : null;
        if (header == null) {
            return null;
        }
        pass(Ipv6.SIZE, header.nextHeader);
        for (int i = 0; i < MOST_EXTENSIONS && Ipv6Extension.is(protocol); i++) {
            Ipv6Extension extension = packet.packet(offset, Ipv6Extension.class);
            if (extension == null) {
                protocol = NONE;
                return header;
            }
            boolean inside = protocol == Ipv6Extension.FRAGMENT && extension.fragment >>> 3 != 0;
            pass(extension.headerLength(protocol), inside ? NONE : extension.nextHeader);
        }
        return header;
    }

    /** Reads TCP, and passes over its options. */
    public @Nullable Tcp tcp(PacketContext packet) {
        Tcp header = protocol == Ipv4.TCP ? packet.packet(offset, Tcp.class) : null;
        if (header == null || header.headerLength() < Tcp.SIZE) {
            return null;
        }
        pass(header.headerLength(), NONE);
        return header;
    }

    /** Reads UDP. */
    public @Nullable Udp udp(PacketContext packet) {
        Udp header = protocol == Ipv4.UDP ? packet.packet(offset, Udp.class) : null;
        if (header != null) {
            pass(Udp.SIZE, NONE);
        }
        return header;
    }

    /** Reads ICMP or ICMPv6. */
    public @Nullable Icmp icmp(PacketContext packet) {
        boolean follows = protocol == Ipv4.ICMP || protocol == Ipv6.ICMP;
        Icmp header = follows ? packet.packet(offset, Icmp.class) : null;
        if (header != null) {
            pass(Icmp.SIZE, NONE);
        }
        return header;
    }

    /** Reads GRE, and passes over what its flags add. What it carries follows. */
    public @Nullable Gre gre(PacketContext packet) {
        Gre header = protocol == Ipv4.GRE ? packet.packet(offset, Gre.class) : null;
        if (header != null) {
            pass(header.headerLength(), header.protocol);
        }
        return header;
    }

    /** Reads VXLAN: what follows {@link #udp} if its port says so. Ethernet follows. */
    public @Nullable Vxlan vxlan(PacketContext packet) {
        Vxlan header = packet.packet(offset, Vxlan.class);
        if (header != null) {
            pass(Vxlan.SIZE, NONE);
        }
        return header;
    }

    /** Reads the header of DNS: what follows {@link #udp} if its port says so. Questions follow. */
    public @Nullable Dns dns(PacketContext packet) {
        Dns header = packet.packet(offset, Dns.class);
        if (header != null) {
            pass(Dns.SIZE, NONE);
        }
        return header;
    }

    private void pass(int length, int next) {
        offset += length;
        protocol = next;
    }
}
