package dev.skep.trace.run;

import dev.skep.object.host.BpfMap;
import dev.skep.object.host.LoadedObject;
import dev.skep.trace.print.Surroundings;
import dev.skep.trace.print.Symbols;
import dev.skep.trace.system.Machine;
import dev.skep.trace.type.TraceType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** What surrounds values: the host, and the maps of stacks that the script was loaded with. */
record LoadedSurroundings(LoadedObject loaded, TraceHost host) implements Surroundings {
    @Override
    public Symbols symbols() {
        return host.symbols();
    }

    @Override
    public Machine machine() {
        return host.machine();
    }

    @Override
    public long[] frames(String map, int slot) {
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

    @Override
    public long wallClock(TraceType.Clock clock, long nanoseconds) {
        return host.wallClock(clock, nanoseconds);
    }
}
