package dev.skep.engine.helper;

import dev.skep.engine.Execution;
import dev.skep.engine.context.SocketBufferContext;
import dev.skep.engine.memory.Sandbox;
import dev.skep.object.host.Errno;

/**
 * Helpers about sockets, tunnels and cgroups of packets. An engine has no sockets and no tunnels, so these answer what the kernel
 * answers for a packet that belongs to none.
 */
final class SocketHelpers {
    /** The kernel's {@code overflowuid}: the owner of packets without a socket. */
    private static final long OVERFLOW_USER = 65_534;

    /** The cookie of the first network namespace. */
    private static final long INITIAL_NAMESPACE = 1;

    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;

    private SocketHelpers() {}

    /** No such socket, no cookie, no class: 0. */
    static long none(Execution run, long r1, long r2, long r3, long r4, long r5) {
        return 0;
    }

    static long noTunnel(Execution run, long r1, long r2, long r3, long r4, long r5) {
        return Errno.EINVAL.negated();
    }

    static long owner(Execution run, long r1, long r2, long r3, long r4, long r5) {
        return OVERFLOW_USER;
    }

    static long namespaceCookie(Execution run, long r1, long r2, long r3, long r4, long r5) {
        return INITIAL_NAMESPACE;
    }

    /** {@code bpf_skb_ecn_set_ce}: marks an ECN-capable IP packet. @return 1 if the mark is set now */
    static long markCongestion(Execution run, long r1, long r2, long r3, long r4, long r5) {
        SocketBufferContext packet = run.socketBuffer();
        Sandbox memory = run.sandbox();
        long header = packet.data() + packet.networkOffset();
        return switch (packet.etherType()) {
            case IPV4 -> header + 20 <= packet.dataEnd() && markVersion4(memory, header) ? 1 : 0;
            case IPV6 -> header + 40 <= packet.dataEnd() && markVersion6(memory, header) ? 1 : 0;
            default -> 0;
        };
    }

    private static boolean markVersion4(Sandbox memory, long header) {
        int service = memory.getByte(header + 1) & 0xff;
        if ((service & 3) == 0) {
            return false;
        }
        if ((service & 3) != 3) {
            int before = memory.getShort(header) & 0xffff;
            memory.putByte(header + 1, (byte) (service | 3));
            int checksum = memory.getShort(header + 10) & 0xffff;
            int after = memory.getShort(header) & 0xffff;
            memory.putShort(header + 10, (short) ChecksumHelpers.replace16(checksum, before, after));
        }
        return true;
    }

    /** The traffic class straddles the first two bytes; its last two bits are the upper half of byte 1's upper half. */
    private static boolean markVersion6(Sandbox memory, long header) {
        int second = memory.getByte(header + 1) & 0xff;
        if ((second & 0x30) == 0) {
            return false;
        }
        memory.putByte(header + 1, (byte) (second | 0x30));
        return true;
    }
}
