package dev.skep.engine.network;

import dev.skep.object.Bytes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Interfaces, routes and neighbours an engine's programs may ask about. Immutable; nothing of the machine it runs on is
 * looked at.
 */
public final class Network {
    /** A network with nothing in it. */
    public static final Network EMPTY = new Network(List.of(), List.of(), List.of());

    /**
     * A network interface.
     *
     * @param index its {@code ifindex}, above 0
     * @param hardwareAddress 6 bytes
     * @param mtu in bytes, without the Ethernet header
     */
    public record Interface(int index, String name, Bytes hardwareAddress, int mtu) {}

    /** What happens to packets along a route: the kinds of {@code ip route}. */
    public enum RouteKind {
        UNICAST,
        LOCAL,
        BLACKHOLE,
        UNREACHABLE,
        PROHIBIT
    }

    /**
     * A route.
     *
     * @param prefix destination network; bits beyond {@code prefixLength} are ignored
     * @param interfaceIndex where packets leave (for UNICAST)
     * @param gateway the next hop; empty if the destination itself is on the link
     * @param mtu of the route, 0 if only the interface's counts
     */
    public record Route(
            IpAddress prefix,
            int prefixLength,
            RouteKind kind,
            int interfaceIndex,
            Optional<IpAddress> gateway,
            int mtu) {}

    /** A neighbour whose hardware address (6 bytes) is known. */
    public record Neighbor(int interfaceIndex, IpAddress address, Bytes hardwareAddress) {}

    private record NeighborKey(int interfaceIndex, IpAddress address) {}

    private final Map<Integer, Interface> interfaces = new HashMap<>();
    private final Map<NeighborKey, Neighbor> neighbors = new HashMap<>();
    private final PrefixTrie routes4 = new PrefixTrie();
    private final PrefixTrie routes6 = new PrefixTrie();

    /** Of several routes to one prefix the last counts. */
    public Network(List<Interface> interfaces, List<Route> routes, List<Neighbor> neighbors) {
        interfaces.forEach(i -> this.interfaces.put(i.index(), i));
        routes.forEach(r -> trie(r.prefix()).put(r));
        neighbors.forEach(n -> this.neighbors.put(new NeighborKey(n.interfaceIndex(), n.address()), n));
    }

    /** The interface with this index. */
    public Optional<Interface> networkInterface(int index) {
        return Optional.ofNullable(interfaces.get(index));
    }

    /** The route with the longest prefix of {@code destination}. */
    public Optional<Route> route(IpAddress destination) {
        return trie(destination).longestMatch(destination);
    }

    /** The neighbour with this address on this interface. */
    public Optional<Neighbor> neighbor(int interfaceIndex, IpAddress address) {
        return Optional.ofNullable(neighbors.get(new NeighborKey(interfaceIndex, address)));
    }

    private PrefixTrie trie(IpAddress address) {
        return address.version() == 4 ? routes4 : routes6;
    }
}
