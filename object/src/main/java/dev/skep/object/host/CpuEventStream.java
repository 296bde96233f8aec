package dev.skep.object.host;

import java.nio.ByteBuffer;

/** Records of a perf event array: in order for each CPU, in no promised order between CPUs. */
public interface CpuEventStream extends EventStream {
    /** As {@link EventStream#drain}, telling which CPU sent each record. */
    int drain(CpuConsumer consumer);

    /** Records of one CPU that found no room, since the stream was opened. */
    long lost(int cpu);

    /** Gets a record and where it is from. */
    @FunctionalInterface
    interface CpuConsumer {
        /** The buffer (little-endian) is valid during the call only. */
        void accept(int cpu, ByteBuffer record);
    }
}
