package dev.skep.linux.netlink;

import java.util.Map;
import java.util.Optional;

/**
 * A network interface as the kernel describes it.
 *
 * @param index its number in its network namespace, at least 1
 * @param flags {@code IFF_*} of linux/if.h; bit 0: it is up
 * @param mtu largest packet, in bytes
 * @param kind {@code veth}, {@code bridge}, ...; empty for hardware and loopback
 * @param xdp ids of the XDP programs attached, by where they run; usually none or one
 */
public record NetworkInterface(
        int index, String name, int flags, int mtu, Optional<String> kind, Map<XdpPlace, Integer> xdp) {
    /** Copies the map. */
    public NetworkInterface {
        xdp = Map.copyOf(xdp);
    }

    /** Where an XDP program runs. */
    public enum XdpPlace {
        GENERIC,
        NATIVE,
        OFFLOADED
    }
}
