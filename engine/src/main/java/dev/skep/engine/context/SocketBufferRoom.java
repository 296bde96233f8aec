package dev.skep.engine.context;

import dev.skep.object.host.Errno;

/** Growing, shrinking and converting packets: the {@code bpf_skb_change_*} and {@code bpf_skb_adjust_room} of net/core/filter.c. */
final class SocketBufferRoom {
    /** {@code BPF_F_ADJ_ROOM_NO_CSUM_RESET}. */
    static final long NO_CHECKSUM_RESET = 1 << 5;

    // enum of bpf_skb_adjust_room's flags in linux/bpf.h.
    private static final long ENCAP_L3_IPV4 = 1 << 1;
    private static final long ENCAP_L3_IPV6 = 1 << 2;
    private static final long DECAP_L3_IPV4 = 1 << 7;
    private static final long DECAP_L3_IPV6 = 1 << 8;
    private static final long DECAP = DECAP_L3_IPV4 | DECAP_L3_IPV6;
    /** Every flag there is; the length of an inner link-layer header is in the uppermost byte. */
    private static final long KNOWN_FLAGS = 0x1ff | 0xffL << 56;

    private static final int MODE_NETWORK = 0;
    private static final int MODE_MAC = 1;
    private static final int LARGEST_DIFFERENCE = 0xfff;

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    // EtherTypes as their two bytes stand in memory.
    private static final int IPV4 = 0x0008;
    private static final int IPV6 = 0xdd86;

    private SocketBufferRoom() {}

    static long changeHead(SocketBufferContext packet, int room, long flags) {
        boolean fits = room >= 0
                && (long) packet.length() + room <= longest(packet)
                && packet.mac - room >= packet.buffer.lowest();
        if (flags != 0 || !fits) {
            return Errno.EINVAL.negated();
        }
        packet.data -= room;
        packet.sandbox.fill(packet.data, room, (byte) 0);
        packet.mac = packet.data;
        packet.changed();
        return 0;
    }

    static long changeTail(SocketBufferContext packet, long length, long flags) {
        if (flags != 0 || length > longest(packet) || length < Math.max(0, packet.networkOffset())) {
            return Errno.EINVAL.negated();
        }
        long newEnd = packet.data + length;
        if (newEnd > packet.end) {
            packet.sandbox.fill(packet.end, newEnd - packet.end, (byte) 0);
        }
        packet.end = newEnd;
        packet.changed();
        return 0;
    }

    static long changeProtocol(SocketBufferContext packet, int protocol, long flags) {
        if (flags != 0) {
            return Errno.EINVAL.negated();
        }
        int header = macHeader(packet);
        int difference = IPV6_HEADER - IPV4_HEADER;
        if (packet.protocol() == IPV4 && protocol == IPV6) {
            insert(packet, header, difference);
        } else if (packet.protocol() == IPV6 && protocol == IPV4) {
            if (packet.end - packet.mac < header + difference) {
                return Errno.ENOMEM.negated();
            }
            cut(packet, header, difference);
        } else {
            return Errno.ENOTSUPP.negated();
        }
        packet.setProtocol(protocol);
        packet.clearHash();
        packet.changed();
        return 0;
    }

    static long adjust(SocketBufferContext packet, int difference, int mode, long flags) {
        long amount = Math.abs((long) difference);
        if ((flags & ~KNOWN_FLAGS) != 0) {
            return Errno.EINVAL.negated();
        }
        if (amount > LARGEST_DIFFERENCE) {
            return Errno.EFAULT.negated();
        }
        int networkHeader = networkHeader(packet.protocol());
        if (networkHeader == 0 || (mode != MODE_NETWORK && mode != MODE_MAC)) {
            return Errno.ENOTSUPP.negated();
        }
        boolean shrink = difference < 0;
        boolean decapsulate = (flags & DECAP) != 0;
        if (decapsulate && (!shrink || (flags & DECAP) == DECAP)) {
            return Errno.EINVAL.negated();
        }
        int offset = macHeader(packet) + (mode == MODE_NETWORK ? networkHeader : 0);
        if (shrink) {
            long left = packet.end - packet.network - amount;
            if (left <= 0 || left < smallestLeft(networkHeader, flags)) {
                return Errno.ENOTSUPP.negated();
            }
            cut(packet, offset, (int) amount);
        } else {
            if (packet.length() + amount > longest(packet)) {
                return Errno.ENOTSUPP.negated();
            }
            insert(packet, offset, (int) amount);
        }
        outerProtocol(packet, flags);
        packet.changed();
        return 0;
    }

    private static int smallestLeft(int networkHeader, long flags) {
        return switch ((int) (flags & DECAP)) {
            case (int) DECAP_L3_IPV4 -> IPV4_HEADER;
            case (int) DECAP_L3_IPV6 -> IPV6_HEADER;
            default -> networkHeader;
        };
    }

    /** The packet's protocol follows the outer network header that flags say there is now. */
    private static void outerProtocol(SocketBufferContext packet, long flags) {
        if ((flags & (ENCAP_L3_IPV4 | DECAP_L3_IPV4)) != 0) {
            packet.setProtocol(IPV4);
        } else if ((flags & (ENCAP_L3_IPV6 | DECAP_L3_IPV6)) != 0) {
            packet.setProtocol(IPV6);
        }
    }

    private static int networkHeader(int protocol) {
        return protocol == IPV4 ? IPV4_HEADER : protocol == IPV6 ? IPV6_HEADER : 0;
    }

    private static int macHeader(SocketBufferContext packet) {
        return (int) (packet.network - packet.mac);
    }

    /** Packets come longer than the kernel would ever have them, and may stay so. */
    private static long longest(SocketBufferContext packet) {
        return Math.max(SocketBufferContext.LONGEST, packet.length());
    }

    /** {@code bpf_skb_net_hdr_push}: {@code count} zero bytes {@code offset} bytes into the frame; what is before moves forward. */
    private static void insert(SocketBufferContext packet, int offset, int count) {
        packet.sandbox.copy(packet.mac, packet.mac - count, offset);
        move(packet, -count);
        packet.sandbox.fill(packet.mac + offset, count, (byte) 0);
    }

    /** {@code bpf_skb_net_hdr_pop}: takes {@code count} bytes out. */
    private static void cut(SocketBufferContext packet, int offset, int count) {
        packet.sandbox.copy(packet.mac, packet.mac + count, offset);
        move(packet, count);
    }

    /** The headers before the changed place, and with them every pointer to them. */
    private static void move(SocketBufferContext packet, int by) {
        packet.data += by;
        packet.mac += by;
        packet.network += by;
    }
}
