package dev.skep.engine.context;

import dev.skep.engine.memory.Sandbox;

/**
 * VLAN tags as net/core/skbuff.c and linux/if_vlan.h handle them: the outermost tag may be kept beside the data
 * ({@code vlan_present}, {@code vlan_tci}, {@code vlan_proto}), further ones are in the frame.
 */
final class VlanTag {
    static final int SIZE = 4;

    // EtherTypes as their two bytes stand in memory.
    private static final int DOT1Q = 0x0081;
    private static final int DOT1AD = 0xa888;

    private static final int ADDRESSES = 12;

    private VlanTag() {}

    /** True if a tag is kept beside the data. */
    static boolean isBeside(SocketBufferContext packet) {
        return packet.get(SocketBufferLayout.VLAN_PRESENT) != 0;
    }

    /** {@code skb_vlan_push}: a tag already kept beside the data moves into the frame. */
    static long push(SocketBufferContext packet, int protocol, int tci) {
        if (isBeside(packet)) {
            int outer = packet.get(SocketBufferLayout.VLAN_PROTO);
            insert(packet, outer, packet.get(SocketBufferLayout.VLAN_TCI));
            packet.setProtocol(outer);
            packet.changed();
        }
        keepBeside(packet, isVlan(protocol) ? protocol : DOT1Q, tci);
        return 0;
    }

    /** {@code skb_vlan_pop}: drops the outermost tag; if the frame holds another, that is kept beside the data from now on. */
    static long pop(SocketBufferContext packet) {
        if (isBeside(packet)) {
            packet.put(SocketBufferLayout.VLAN_PRESENT, 0);
            packet.put(SocketBufferLayout.VLAN_TCI, 0);
            packet.put(SocketBufferLayout.VLAN_PROTO, 0);
        } else if (isVlan(packet.protocol()) && holdsTag(packet)) {
            remove(packet);
        } else {
            return 0;
        }
        if (isVlan(packet.protocol()) && holdsTag(packet)) {
            int protocol = packet.protocol();
            keepBeside(packet, protocol, remove(packet));
        }
        packet.changed();
        return 0;
    }

    /** Copies the frame with the tag that is kept beside it. */
    static void copyTagged(SocketBufferContext packet, byte[] to, int offset) {
        int addresses = (int) Math.min(ADDRESSES, packet.end - packet.mac);
        packet.sandbox.read(packet.mac, to, offset, addresses);
        int at = offset + addresses;
        int protocol = packet.get(SocketBufferLayout.VLAN_PROTO);
        int tci = packet.get(SocketBufferLayout.VLAN_TCI);
        to[at] = (byte) protocol;
        to[at + 1] = (byte) (protocol >> 8);
        to[at + 2] = (byte) (tci >> 8);
        to[at + 3] = (byte) tci;
        packet.sandbox.read(packet.mac + addresses, to, at + SIZE, (int) (packet.end - packet.mac) - addresses);
    }

    private static void keepBeside(SocketBufferContext packet, int protocol, int tci) {
        packet.put(SocketBufferLayout.VLAN_PRESENT, 1);
        packet.put(SocketBufferLayout.VLAN_PROTO, protocol);
        packet.put(SocketBufferLayout.VLAN_TCI, tci);
    }

    private static boolean isVlan(int protocol) {
        return protocol == DOT1Q || protocol == DOT1AD;
    }

    private static boolean holdsTag(SocketBufferContext packet) {
        return packet.end - packet.mac >= ADDRESSES + SIZE + 2;
    }

    private static void insert(SocketBufferContext packet, int protocol, int tci) {
        Sandbox sandbox = packet.sandbox;
        long start = packet.mac - SIZE;
        sandbox.copy(packet.mac, start, ADDRESSES);
        sandbox.putShort(start + ADDRESSES, (short) protocol);
        sandbox.putShort(start + ADDRESSES + 2, Short.reverseBytes((short) tci));
        moveStart(packet, -SIZE);
    }

    /** Takes the tag out of the frame, sets the protocol to what follows and returns the tag's control information. */
    private static int remove(SocketBufferContext packet) {
        Sandbox sandbox = packet.sandbox;
        int tci = Short.reverseBytes(sandbox.getShort(packet.mac + ADDRESSES + 2)) & 0xffff;
        sandbox.copy(packet.mac, packet.mac + SIZE, ADDRESSES);
        moveStart(packet, SIZE);
        packet.setProtocol(sandbox.getShort(packet.mac + ADDRESSES) & 0xffff);
        packet.network = Math.max(packet.network, packet.mac + SocketBufferContext.ETHERNET_HEADER);
        return tci;
    }

    private static void moveStart(SocketBufferContext packet, int by) {
        if (packet.data == packet.mac) {
            packet.data += by;
        }
        packet.mac += by;
    }
}
