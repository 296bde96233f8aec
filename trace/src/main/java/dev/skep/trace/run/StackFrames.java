package dev.skep.trace.run;

import dev.skep.object.host.BpfMap;
import dev.skep.object.host.LoadedObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Reads call stacks from the maps that they are kept in. */
final class StackFrames {
    private StackFrames() {}

    /** The addresses of a stack, the innermost first, zeros behind the last; none if it is gone. */
    static long[] of(LoadedObject loaded, String map, int slot) {
        byte[] key = ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(slot)
                .array();
        Optional<byte[]> value = loaded.map(map).map(BpfMap.class::cast).flatMap(stacks -> stacks.lookup(key));
        if (value.isEmpty()) {
            return new long[0];
        }
        long[] frames = new long[value.get().length / Long.BYTES];
        ByteBuffer.wrap(value.get())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer()
                .get(frames);
        return frames;
    }
}
