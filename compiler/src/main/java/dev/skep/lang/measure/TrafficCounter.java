package dev.skep.lang.measure;

import dev.skep.lang.Struct;
import java.util.List;

/** Counts packets and bytes. As a value of a per-CPU map it needs no atomic addition. */
public final class TrafficCounter extends Struct {
    /** How many packets. */
    public long packets;

    /** How many bytes they had. */
    public long bytes;

    /** Nothing counted yet. */
    public TrafficCounter() {}

    /** Counts a packet. @param length in bytes */
    public void count(int length) {
        packets++;
        bytes += length;
    }

    /** What all processors have counted together; for user space. */
    public static TrafficCounter sum(List<TrafficCounter> counters) {
        TrafficCounter sum = new TrafficCounter();
        for (TrafficCounter counter : counters) {
            sum.packets += counter.packets;
            sum.bytes += counter.bytes;
        }
        return sum;
    }
}
