package dev.skep.engine.capture;

import java.util.Map;

/**
 * What the first byte of a captured packet belongs to: a {@code LINKTYPE_*} number of the registry at
 * https://www.tcpdump.org/linktypes.html. Numbers outside the constants below are kept as they are.
 *
 * @param number 0..65535
 */
public record LinkType(int number) {
    /** BSD loopback: a 4-byte protocol family in the capturing host's byte order, then the packet. */
    public static final LinkType NULL = new LinkType(0);
    /** Ethernet II or 802.3, from the destination address on. */
    public static final LinkType ETHERNET = new LinkType(1);
    /** An IPv4 or IPv6 packet; its first four bits tell which. */
    public static final LinkType RAW = new LinkType(101);
    /** OpenBSD loopback: as {@link #NULL}, in network byte order. */
    public static final LinkType LOOP = new LinkType(108);
    /** Linux "cooked" capture: a 16-byte header that ends with the EtherType. */
    public static final LinkType LINUX_SLL = new LinkType(113);
    /** An IPv4 packet. */
    public static final LinkType IPV4 = new LinkType(228);
    /** An IPv6 packet. */
    public static final LinkType IPV6 = new LinkType(229);
    /** Linux "cooked" capture, version 2: a 20-byte header that starts with the EtherType. */
    public static final LinkType LINUX_SLL2 = new LinkType(276);

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0, "NULL"),
            Map.entry(1, "ETHERNET"),
            Map.entry(9, "PPP"),
            Map.entry(10, "FDDI"),
            Map.entry(101, "RAW"),
            Map.entry(105, "IEEE802_11"),
            Map.entry(108, "LOOP"),
            Map.entry(113, "LINUX_SLL"),
            Map.entry(127, "IEEE802_11_RADIOTAP"),
            Map.entry(147, "USER0"),
            Map.entry(189, "USB_LINUX"),
            Map.entry(192, "PPI"),
            Map.entry(220, "USB_LINUX_MMAPPED"),
            Map.entry(227, "CAN_SOCKETCAN"),
            Map.entry(228, "IPV4"),
            Map.entry(229, "IPV6"),
            Map.entry(239, "NFLOG"),
            Map.entry(253, "NETLINK"),
            Map.entry(271, "VSOCK"),
            Map.entry(276, "LINUX_SLL2"));

    /** @throws IllegalArgumentException if {@code number} does not fit 16 bits */
    public LinkType {
        if ((number & ~0xffff) != 0) {
            throw new IllegalArgumentException("link type out of range: " + number);
        }
    }

    /**
     * The link type a file's number stands for. Some systems wrote their own number for raw IP (12 on most BSDs and
     * Linux, 14 on OpenBSD); libpcap reads those as {@link #RAW}, and so does this.
     */
    static LinkType ofFile(int number) {
        return number == 12 || number == 14 ? RAW : new LinkType(number);
    }

    /** True if a packet starts with the IP header itself. */
    public boolean isRawIp() {
        return equals(RAW) || equals(IPV4) || equals(IPV6);
    }

    /** For example {@code LINKTYPE_ETHERNET}; {@code LINKTYPE_4711} for a number without a name here. */
    @Override
    public String toString() {
        String name = NAMES.get(number);
        return "LINKTYPE_" + (name == null ? Integer.toString(number) : name);
    }
}
