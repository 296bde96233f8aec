package dev.skep.engine;

/**
 * Chooses the worker for a packet, as a network card's receive-side scaling does: by a hash of addresses, protocol and ports, so
 * that the packets of a connection, of both directions, stay together and in order. Fragments are spread by their addresses alone,
 * since only the first has the ports; all that is not IP goes to the first worker.
 */
final class FlowSteering {
    private static final int ETHERNET = 14;
    private static final int VLAN_TAG = 4;
    private static final int MOST_TAGS = 2;
    // EtherTypes, linux/if_ether.h.
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;
    private static final int VLAN = 0x8100;
    private static final int SERVICE_VLAN = 0x88a8;
    // Protocols, linux/in.h.
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int SCTP = 132;

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    /** More fragments, or an offset. */
    private static final int FRAGMENT = 0x3fff;

    private static final int MULTIPLIER = 0x9e37_79b1;

    private FlowSteering() {}

    /** @return 0 to {@code workers - 1} */
    static int worker(byte[] bytes, int start, int length, int workers) {
        long hash = flowHash(bytes, start, start + length) & 0xffff_ffffL;
        return (int) ((hash * workers) >>> 32);
    }

    /** The same for both directions of a connection; 0 for what is not IP. */
    static int flowHash(byte[] bytes, int start, int end) {
        int network = start + ETHERNET;
        if (network > end) {
            return 0;
        }
        int type = u16(bytes, network - 2);
        for (int tags = 0; tags < MOST_TAGS && isTag(type) && network + VLAN_TAG <= end; tags++) {
            network += VLAN_TAG;
            type = u16(bytes, network - 2);
        }
        if (type == IPV4 && network + IPV4_HEADER <= end) {
            return ipv4(bytes, network, end);
        }
        return type == IPV6 && network + IPV6_HEADER <= end ? ipv6(bytes, network, end) : 0;
    }

    private static boolean isTag(int type) {
        return type == VLAN || type == SERVICE_VLAN;
    }

    private static int ipv4(byte[] bytes, int network, int end) {
        int protocol = bytes[network + 9] & 0xff;
        boolean fragment = (u16(bytes, network + 6) & FRAGMENT) != 0;
        int transport = network + (bytes[network] & 0xf) * 4;
        int ports = fragment ? -1 : portsAt(transport, end, protocol);
        return combine(protocol, i32(bytes, network + 12), i32(bytes, network + 16), bytes, ports);
    }

    private static int ipv6(byte[] bytes, int network, int end) {
        int protocol = bytes[network + 6] & 0xff;
        int ports = portsAt(network + IPV6_HEADER, end, protocol);
        return combine(protocol, address(bytes, network + 8), address(bytes, network + 24), bytes, ports);
    }

    /** An IPv6 address in 32 bits. */
    private static int address(byte[] bytes, int at) {
        int hash = 0;
        for (int i = 0; i < 16; i += 4) {
            hash = mix(hash, i32(bytes, at + i));
        }
        return hash;
    }

    /** Where the ports are, or -1. */
    private static int portsAt(int transport, int end, int protocol) {
        boolean hasPorts = protocol == TCP || protocol == UDP || protocol == SCTP;
        return hasPorts && transport + 4 <= end ? transport : -1;
    }

    private static int combine(int protocol, int source, int destination, byte[] bytes, int ports) {
        int from = mix(source, ports < 0 ? 0 : u16(bytes, ports));
        int to = mix(destination, ports < 0 ? 0 : u16(bytes, ports + 2));
        // A sum is the same whichever end comes first.
        return mix(from + to, protocol);
    }

    /** MurmurHash3's last step (public domain) over both, of which the first is spread so that alike bits do not cancel out. */
    private static int mix(int hash, int value) {
        int mixed = hash * MULTIPLIER + value;
        mixed = (mixed ^ (mixed >>> 16)) * 0x85eb_ca6b;
        mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2_ae35;
        return mixed ^ (mixed >>> 16);
    }

    private static int u16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    private static int i32(byte[] bytes, int at) {
        return u16(bytes, at) << 16 | u16(bytes, at + 2);
    }
}
