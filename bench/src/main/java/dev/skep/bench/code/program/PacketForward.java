package dev.skep.bench.code.program;

import dev.skep.lang.BigEndian;
import dev.skep.lang.Global;
import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.program.Xdp;

/** Parses Ethernet, IPv4 and UDP, adds up the checksums of both headers and the payload, and takes one hop off, 64 times. */
public final class PacketForward {
    private static final int ROUNDS = 64;
    private static final int ETHERNET = 14;
    private static final int IPV4 = 20;
    private static final int LONGEST = 750;

    static final class Headers extends Struct {
        @Length(12)
        byte[] addresses;

        @BigEndian
        @Unsigned
        short type;

        @Unsigned
        byte versionAndLength;

        byte service;

        @Unsigned
        short total;

        @Unsigned
        short id;

        @Unsigned
        short fragment;

        @Unsigned
        byte hops;

        @Unsigned
        byte protocol;

        @Unsigned
        short checksum;

        @Unsigned
        short source0;

        @Unsigned
        short source1;

        @Unsigned
        short destination0;

        @Unsigned
        short destination1;

        @Unsigned
        short sourcePort;

        @Unsigned
        short destinationPort;

        @Unsigned
        short length;

        @Unsigned
        short udpChecksum;
    }

    static final class Word extends Struct {
        @Unsigned
        short value;
    }

    static final class State extends Struct {
        long bytes;

        @Length(64)
        long[] ports;
    }

    static final State state = new State();

    private PacketForward() {}

    private static int fold(long sum) {
        sum = (sum & 0xffff) + (sum >>> 16);
        sum = (sum & 0xffff) + (sum >>> 16);
        sum = (sum & 0xffff) + (sum >>> 16);
        return (int) ~sum & 0xffff;
    }

    /** The sum of the 16-bit words from the UDP header on. */
    @Global
    static long sumWords(XdpContext context) {
        long sum = 0;
        for (int i = 0; i < LONGEST; i++) {
            Word word = context.packet(ETHERNET + IPV4 + 2 * i, Word.class);
            if (word == null) {
                break;
            }
            sum += word.value & 0xffff;
        }
        return sum;
    }

    @Global
    static int forward(XdpContext context) {
        Headers packet = context.packet(0, Headers.class);
        if (packet == null) {
            return 1;
        }
        if ((packet.type & 0xffff) != 0x0800 || packet.versionAndLength != 0x45 || packet.protocol != 17) {
            return 2;
        }
        packet.hops--;
        packet.checksum = 0;
        long sum = ((packet.versionAndLength & 0xffL) | (packet.service & 0xffL) << 8)
                + (packet.total & 0xffff)
                + (packet.id & 0xffff)
                + (packet.fragment & 0xffff)
                + ((packet.hops & 0xffL) | (packet.protocol & 0xffL) << 8)
                + (packet.source0 & 0xffff)
                + (packet.source1 & 0xffff)
                + (packet.destination0 & 0xffff)
                + (packet.destination1 & 0xffff);
        packet.checksum = (short) fold(sum);
        packet.udpChecksum = 0;
        sum = sumWords(context);
        sum += (packet.source0 & 0xffff)
                + (packet.source1 & 0xffff)
                + (packet.destination0 & 0xffff)
                + (packet.destination1 & 0xffff)
                + (packet.length & 0xffff)
                + 0x1100;
        packet.udpChecksum = (short) fold(sum);
        state.bytes += context.length();
        state.ports[packet.destinationPort & 63]++;
        return (packet.checksum ^ packet.udpChecksum) & 0xffff;
    }

    @Xdp
    static int run(XdpContext context) {
        int result = 0;
        for (int i = 0; i < ROUNDS; i++) {
            result = result * 31 + forward(context);
        }
        return result;
    }
}
