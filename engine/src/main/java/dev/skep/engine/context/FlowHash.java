package dev.skep.engine.context;

import dev.skep.engine.memory.Sandbox;

/**
 * A hash of what makes a flow: IP addresses, protocol and ports. The kernel's is keyed with a random number, so no program
 * can rely on its value; this one is the same on every run.
 */
final class FlowHash {
    // EtherTypes as their two bytes stand in memory.
    private static final int IPV4 = 0x0008;
    private static final int IPV6 = 0xdd86;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int SCTP = 132;
    private static final int MULTIPLIER = 0x9e37_79b1;

    private FlowHash() {}

    /** @return a number other than 0 */
    static int of(Sandbox sandbox, long network, long end, int protocol) {
        int hash = mix(0, protocol);
        if (protocol == IPV4 && end - network >= 20) {
            int transport = sandbox.getByte(network + 9) & 0xff;
            hash = mix(mix(mix(hash, transport), sandbox.getInt(network + 12)), sandbox.getInt(network + 16));
            hash = ports(sandbox, hash, transport, network + (sandbox.getByte(network) & 0xf) * 4L, end);
        } else if (protocol == IPV6 && end - network >= 40) {
            int transport = sandbox.getByte(network + 6) & 0xff;
            hash = mix(hash, transport);
            for (int i = 8; i < 40; i += 4) {
                hash = mix(hash, sandbox.getInt(network + i));
            }
            hash = ports(sandbox, hash, transport, network + 40, end);
        }
        return hash == 0 ? 1 : hash;
    }

    private static int ports(Sandbox sandbox, int hash, int transport, long header, long end) {
        boolean hasPorts = transport == TCP || transport == UDP || transport == SCTP;
        return hasPorts && header + 4 <= end ? mix(hash, sandbox.getInt(header)) : hash;
    }

    private static int mix(int hash, int value) {
        int mixed = (hash ^ value) * MULTIPLIER;
        return mixed ^ mixed >>> 15;
    }
}
