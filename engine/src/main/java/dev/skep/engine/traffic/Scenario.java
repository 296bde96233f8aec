package dev.skep.engine.traffic;

/**
 * One kind of packet in the mix.
 *
 * @param weight how often it comes, compared with the others
 * @param recipe appends the packet to an empty frame
 */
record Scenario(String name, int weight, Recipe recipe) {
    /** Builds a packet. */
    @FunctionalInterface
    interface Recipe {
        void build(FrameBuilder frame, Hosts hosts);
    }
}
