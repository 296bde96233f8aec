package dev.skep.object.host;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Records that programs send to user space through a ring buffer or a perf event array, in order of submission. */
public interface EventStream extends AutoCloseable {
    /**
     * Hands every record that is ready to {@code consumer} and returns how many there were. The buffer (little-endian) is
     * valid during the call only.
     */
    int drain(Consumer<ByteBuffer> consumer);

    /** Records that found no room, since the stream was opened. */
    long lost();

    @Override
    void close();
}
