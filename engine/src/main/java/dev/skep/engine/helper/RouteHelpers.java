package dev.skep.engine.helper;

import dev.skep.engine.Execution;
import dev.skep.engine.memory.Sandbox;
import dev.skep.engine.network.IpAddress;
import dev.skep.engine.network.Network;
import dev.skep.object.host.Errno;
import java.util.Optional;

/** {@code bpf_fib_lookup} and {@code bpf_check_mtu}, answered from the {@link Network} the user gave the engine. */
final class RouteHelpers {
    /** Offsets in {@code struct bpf_fib_lookup}, linux/bpf.h. */
    private static final int SIZE = 64;

    private static final int FAMILY = 0;
    private static final int TOTAL_LENGTH = 6;
    private static final int INTERFACE = 8;
    private static final int METRIC = 12;
    private static final int DESTINATION = 32;
    private static final int VLAN = 48;
    private static final int SOURCE_MAC = 52;
    private static final int DESTINATION_MAC = 58;
    private static final int MAC_LENGTH = 6;

    /** DIRECT, OUTPUT, SKIP_NEIGH, TBID, SRC, MARK. There is one table, so most change nothing. */
    private static final long KNOWN_FLAGS = 0x3f;

    private static final long SKIP_NEIGHBOR = 4;

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    // BPF_FIB_LKUP_RET_*
    private static final long SUCCESS = 0;
    private static final long BLACKHOLE = 1;
    private static final long UNREACHABLE = 2;
    private static final long PROHIBIT = 3;
    private static final long NOT_FORWARDED = 4;
    private static final long NO_NEIGHBOR = 7;
    private static final long FRAGMENTATION_NEEDED = 8;

    /** BPF_MTU_CHK_RET_FRAG_NEEDED. */
    private static final long TOO_LONG = 1;

    private static final int ETHERNET_HEADER = 14;

    private RouteHelpers() {}

    static long lookup(Execution run, long r1, long params, long length, long flags, long r5) {
        Sandbox memory = run.sandbox();
        if ((length & 0xffff_ffffL) < SIZE || (flags & ~KNOWN_FLAGS) != 0) {
            return Errno.EINVAL.negated();
        }
        int family = memory.getByte(params + FAMILY);
        if (family != AF_INET && family != AF_INET6) {
            return Errno.EAFNOSUPPORT.negated();
        }
        Network network = run.environment().network();
        if (network.networkInterface(memory.getInt(params + INTERFACE)).isEmpty()) {
            return Errno.ENODEV.negated();
        }
        IpAddress destination = IpAddress.of(memory.toArray(params + DESTINATION, family == AF_INET ? 4 : 16));
        Optional<Network.Route> route = network.route(destination);
        if (route.isEmpty()) {
            return NOT_FORWARDED;
        }
        return switch (route.get().kind()) {
            case UNICAST -> forward(memory, params, network, destination, route.get(), flags);
            case LOCAL -> NOT_FORWARDED;
            case BLACKHOLE -> BLACKHOLE;
            case UNREACHABLE -> UNREACHABLE;
            case PROHIBIT -> PROHIBIT;
        };
    }

    private static long forward(
            Sandbox memory, long params, Network network, IpAddress destination, Network.Route route, long flags) {
        Optional<Network.Interface> out = network.networkInterface(route.interfaceIndex());
        if (out.isEmpty()) {
            return Errno.ENODEV.negated();
        }
        int mtu = route.mtu() != 0 ? route.mtu() : out.get().mtu();
        int total = memory.getShort(params + TOTAL_LENGTH) & 0xffff;
        memory.putInt(params + INTERFACE, out.get().index());
        if (total > mtu) {
            memory.putShort(params + TOTAL_LENGTH, (short) mtu);
            return FRAGMENTATION_NEEDED;
        }
        IpAddress hop = route.gateway().orElse(destination);
        putAddress(memory, params, hop);
        memory.putInt(params + METRIC, 0);
        memory.putShort(params + TOTAL_LENGTH, (short) mtu);
        if ((flags & SKIP_NEIGHBOR) != 0) {
            return SUCCESS;
        }
        Optional<Network.Neighbor> neighbor = network.neighbor(out.get().index(), hop);
        if (neighbor.isEmpty()) {
            return NO_NEIGHBOR;
        }
        memory.putInt(params + VLAN, 0);
        memory.write(out.get().hardwareAddress().toArray(), 0, params + SOURCE_MAC, MAC_LENGTH);
        memory.write(neighbor.get().hardwareAddress().toArray(), 0, params + DESTINATION_MAC, MAC_LENGTH);
        return SUCCESS;
    }

    /** Stores the next hop where the destination was; an IPv6 gateway of an IPv4 route changes the family too. */
    private static void putAddress(Sandbox memory, long params, IpAddress address) {
        if (address.version() == 4) {
            memory.putInt(params + DESTINATION, Integer.reverseBytes((int) address.low()));
        } else {
            memory.putByte(params + FAMILY, (byte) AF_INET6);
            memory.putLong(params + DESTINATION, Long.reverseBytes(address.high()));
            memory.putLong(params + DESTINATION + 8, Long.reverseBytes(address.low()));
        }
    }

    /** @param length address of a u32: a length to check instead of the packet's, or 0; gets the MTU */
    static long checkMtu(Execution run, long r1, long interfaceIndex, long length, long difference, long flags) {
        Sandbox memory = run.sandbox();
        if ((flags & ~1L) != 0) {
            return Errno.EINVAL.negated();
        }
        Optional<Network.Interface> device = run.environment().network().networkInterface((int) interfaceIndex);
        if (device.isEmpty()) {
            return Errno.ENODEV.negated();
        }
        int given = memory.getInt(length);
        long size = given != 0 ? given : run.packet().length() - ETHERNET_HEADER;
        memory.putInt(length, device.get().mtu());
        return size + (int) difference > device.get().mtu() ? TOO_LONG : SUCCESS;
    }
}
