package dev.skep.trace.print;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** An entry of a map as it lies in memory. @param parts each CPU's value; one if the CPUs share it */
public record RawEntry(MemorySegment key, List<MemorySegment> parts) {
    public RawEntry {
        parts = List.copyOf(parts);
    }
}
