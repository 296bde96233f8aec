package dev.skep.cli.link;

import dev.skep.linux.netlink.Interfaces;
import dev.skep.linux.netlink.NetlinkSocket;
import dev.skep.linux.netlink.NetworkInterface;
import dev.skep.object.host.HostException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Names of this network namespace's interfaces. */
public final class InterfaceNames {
    private final Map<Integer, String> names = new HashMap<>();

    private InterfaceNames() {}

    /** Looks at all interfaces; knows none if the kernel does not tell. */
    public static InterfaceNames look() {
        InterfaceNames found = new InterfaceNames();
        try (NetlinkSocket socket = NetlinkSocket.open()) {
            for (NetworkInterface each : new Interfaces(socket).list()) {
                found.names.put(each.index(), each.name());
            }
        } catch (HostException e) {
            // No netlink here: interfaces go by their numbers.
        }
        return found;
    }

    /** The name of an interface; empty if it is gone, or in another namespace. */
    public Optional<String> find(int index) {
        return Optional.ofNullable(names.get(index));
    }

    /** In words: {@code eth0}, {@code interface 7}, or that it is gone. */
    String describe(int index) {
        return index == 0 ? "a device that is gone" : find(index).orElse(elsewhere(index));
    }

    /** In words, an interface of another namespace. */
    static String elsewhere(int index) {
        return "interface " + index + " of another namespace";
    }
}
