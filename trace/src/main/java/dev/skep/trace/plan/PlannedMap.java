package dev.skep.trace.plan;

import dev.skep.trace.type.TraceType;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A map of a script.
 *
 * @param name without the at sign
 * @param map its name in the object
 * @param key empty for a map without keys: its value is at the 32-bit index 0 of an array
 * @param perCpu true if it has a value for each CPU, which are to be put together
 * @param presence of a map without keys: the offset in the array's value of a byte that is 1 while there is a value; empty if there
 *     always is one
 */
public record PlannedMap(
        String name, String map, Optional<TraceType> key, TraceType value, boolean perCpu, OptionalInt presence) {}
