package dev.skep.trace.plan;

import dev.skep.trace.type.TraceType;
import java.util.Optional;

/**
 * A map of a script.
 *
 * @param name without the at sign
 * @param map its name in the object
 * @param key empty for a map without keys: its value is at the 32-bit index 0 of an array
 * @param perCpu true if it has a value for each CPU, which are to be put together
 */
public record PlannedMap(String name, String map, Optional<TraceType> key, TraceType value, boolean perCpu) {}
