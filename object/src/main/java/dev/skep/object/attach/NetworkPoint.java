package dev.skep.object.attach;

/** Places on the way of packets and sockets: interfaces, control groups, network namespaces, sockets and their maps. */
public sealed interface NetworkPoint extends AttachPoint {
    /**
     * An interface's earliest hook. @param networkInterface its name, for example {@code eth0}
     */
    record Xdp(String networkInterface, Mode mode) implements NetworkPoint {
        /** Where the program runs: {@code XDP_FLAGS_*_MODE} of linux/if_link.h. */
        public enum Mode {
            /** In the driver if it can, else in the generic path. */
            ANY,
            GENERIC,
            NATIVE,
            OFFLOAD
        }

        @Override
        public String describe() {
            return "XDP on " + networkInterface;
        }
    }
}
