package dev.skep.trace.run;

import dev.skep.object.host.LoadedObject;
import dev.skep.trace.print.Surroundings;
import dev.skep.trace.print.Symbols;
import dev.skep.trace.system.Machine;
import dev.skep.trace.type.TraceType;

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
        return StackFrames.of(loaded, map, slot);
    }

    @Override
    public long wallClock(TraceType.Clock clock, long nanoseconds) {
        return host.wallClock(clock, nanoseconds);
    }
}
