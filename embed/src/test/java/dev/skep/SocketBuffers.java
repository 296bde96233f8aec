package dev.skep;

import dev.skep.lang.BigEndian;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;
import dev.skep.lang.context.SkBuff;
import dev.skep.lang.context.TcAction;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.net.Ethernet;
import dev.skep.lang.program.Tc;

/** Programs on socket buffers: fields of the context, helper functions, other programs. */
final class SocketBuffers {
    /** The end of an Ethernet header. */
    static final class Tail extends Struct {
        @BigEndian
        int source;

        @BigEndian
        @Unsigned
        short protocol;
    }

    static final HashMap<Tail, Long> tails = new HashMap<>(2048);

    private SocketBuffers() {}

    @Tc
    static int fields(SkBuff packet) {
        packet.mark = packet.len * 3;
        packet.priority = packet.mark - 1;
        packet.cb[2] = packet.len & 3;
        int sum = packet.cb[0] + packet.cb[1] + packet.cb[2] + packet.cb[3];
        return packet.protocol + sum + packet.mark + packet.priority + packet.vlan_present;
    }

    @Tc
    static int helpers(SkBuff packet) {
        Tail tail = new Tail();
        if (packet.load(8, tail) != 0) {
            return TcAction.TC_ACT_SHOT;
        }
        tails.add(tail, packet.length());
        tail.source ^= 0x01020304;
        tail.protocol++;
        int stored = packet.store(8, tail, 0);
        Ethernet ethernet = packet.packet(0, Ethernet.class);
        return ethernet == null ? TcAction.TC_ACT_SHOT : ethernet.protocol + stored + packet.load(1 << 20, tail);
    }
}
