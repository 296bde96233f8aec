package dev.skep.bench.vm;

/** Something that runs a program, loaded afresh. */
interface Machine extends AutoCloseable {
    /** Runs it once on a packet and shows what came out to {@code seen}. @return the lower 32 bits of r0 */
    int check(byte[] packet, Fingerprint seen);

    /** Runs it on the last packet. @return nanoseconds for one run */
    double measure(int runs);

    @Override
    void close();
}
