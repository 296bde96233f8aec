package dev.skep.engine.context;

/** Where a program asked a packet to go: {@code bpf_redirect} and its kin. Counts only if the verdict says redirect. */
public sealed interface Redirect {
    /** {@code bpf_redirect}. @param flags {@code BPF_F_INGRESS} (1): to the interface's receive side */
    record ToInterface(int interfaceIndex, long flags) implements Redirect {}

    /** {@code bpf_redirect_peer}: to the peer device in its own network namespace. */
    record ToPeer(int interfaceIndex) implements Redirect {}

    /** {@code bpf_redirect_neigh}: out of an interface, the Ethernet header filled in from the neighbour table. */
    record ToNeighbor(int interfaceIndex) implements Redirect {}

    /**
     * {@code bpf_redirect_map}, {@code bpf_sk_redirect_map} ...: to an entry of a map.
     *
     * @param map its name
     * @param key the entry's index (devmap, cpumap, xskmap)
     * @param value what the entry held: an interface index, a CPU, a socket number
     * @param flags as given to the helper
     */
    record ToMap(String map, long key, long value, long flags) implements Redirect {}
}
