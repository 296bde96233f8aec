package dev.skep.engine.network;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Routes of one IP version by prefix: a binary tree with a level for each bit. */
final class PrefixTrie {
    private static final class Node {
        private @Nullable Node zero;
        private @Nullable Node one;
        private Optional<Network.Route> route = Optional.empty();

        @Nullable
        Node child(boolean bit) {
            return bit ? one : zero;
        }

        Node childOrNew(boolean bit) {
            Node child = child(bit);
            if (child == null) {
                child = new Node();
                if (bit) {
                    one = child;
                } else {
                    zero = child;
                }
            }
            return child;
        }
    }

    private final Node root = new Node();

    void put(Network.Route route) {
        if (route.prefixLength() < 0 || route.prefixLength() > route.prefix().bits()) {
            throw new IllegalArgumentException("prefix length " + route.prefixLength());
        }
        Node node = root;
        for (int i = 0; i < route.prefixLength(); i++) {
            node = node.childOrNew(route.prefix().bit(i));
        }
        node.route = Optional.of(route);
    }

    Optional<Network.Route> longestMatch(IpAddress address) {
        Node node = root;
        Optional<Network.Route> best = root.route;
        for (int i = 0; i < address.bits(); i++) {
            node = node.child(address.bit(i));
            if (node == null) {
                break;
            }
            if (node.route.isPresent()) {
                best = node.route;
            }
        }
        return best;
    }
}
