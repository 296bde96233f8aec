package dev.skep.cli.run;

/** A loaded program as {@code skep run} uses it: one packet after the other. */
interface PacketProgram {
    /**
     * Runs on a packet, an Ethernet frame.
     *
     * @return the program's r0
     * @throws dev.skep.object.host.HostException if the run had to be ended
     */
    long run(byte[] buffer, int offset, int length);

    /** How long the packet is now. */
    int packetLength();

    /** Copies the packet as it is now to the start of {@code target}. */
    void copyPacket(byte[] target);

    /** Whether the host can run it on a packet: the kernel's test runs take none that is too short. */
    default boolean takes(byte[] buffer, int offset, int length) {
        return true;
    }
}
