package dev.skep.engine.traffic;

import java.util.Random;

/**
 * The machines of the made-up network and everything about a packet that is drawn by chance. Addresses come from the blocks
 * reserved for documentation (RFC 5737, RFC 3849).
 */
final class Hosts {
    /** 192.0.2.10, the server that the example programs protect. */
    static final int SERVER = 0xc000_020a;
    /** 198.51.100.66, a client that sends nothing but connection attempts. */
    static final int FLOODER = 0xc633_6442;
    /** 198.51.100.0/24, clients. */
    private static final int CLIENTS = 0xc633_6400;
    /** 203.0.113.0/24, the network on the example's block list. */
    private static final int BLOCKED = 0xcb00_7100;

    private static final long SERVER_ETHERNET = 0x0200_0000_0010L;
    private static final long ROUTER_ETHERNET = 0x0200_0000_0001L;
    private static final long CLIENTS_IPV6 = 0x2001_0db8_0001_0000L;
    /** 2001:db8:bad::/48, the network on the example's block list. */
    private static final long BLOCKED_IPV6 = 0x2001_0db8_0bad_0000L;

    private static final Ipv6Address SERVER_IPV6 = new Ipv6Address(0x2001_0db8_0000_0000L, 0x10);

    private final Random random;

    /** {@link Random}'s algorithm is fixed by its specification, so a seed means the same packets on every JDK. */
    Hosts(Random random) {
        this.random = random;
    }

    /** From {@code low} to {@code high}, both included. */
    int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    int anything() {
        return random.nextInt();
    }

    int client() {
        return CLIENTS + between(1, 60);
    }

    int blocked() {
        return BLOCKED + between(1, 254);
    }

    Ipv6Address client6() {
        return new Ipv6Address(CLIENTS_IPV6 + between(0, 3), between(1, 60));
    }

    Ipv6Address blocked6() {
        return new Ipv6Address(BLOCKED_IPV6 + between(0, 9), between(1, 254));
    }

    Ipv6Address server6() {
        return SERVER_IPV6;
    }

    /** A port that systems give to the side that opens a connection (RFC 6056). */
    int ephemeralPort() {
        return between(49_152, 65_535);
    }

    /** The Ethernet addresses of a packet from the router to the server. */
    FrameBuilder toServer(FrameBuilder frame) {
        return frame.addresses(SERVER_ETHERNET, ROUTER_ETHERNET);
    }

    /** Ethernet addresses and type of an untagged packet from the router to the server. */
    FrameBuilder toServer(FrameBuilder frame, int etherType) {
        return toServer(frame).etherType(etherType);
    }
}
