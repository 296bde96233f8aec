package dev.skep.cli.run;

/**
 * What a program decided about a packet.
 *
 * @param name as the kernel's headers name it, where they do
 * @param fate what becomes of the packet
 */
record Verdict(String name, Fate fate) {
    /** What becomes of a packet. */
    enum Fate {
        /** It goes on as it would have without the program, but for what the program changed in it. */
        PASSES,
        /** It is gone. */
        DROPPED,
        /** It goes elsewhere. */
        SENT
    }
}
