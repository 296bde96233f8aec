package dev.skep.trace.check;

import dev.skep.object.map.MapType;
import dev.skep.trace.type.TraceType;
import java.util.Optional;

/**
 * What a map of a script holds.
 *
 * @param name without the at sign
 * @param key empty for a map without keys
 * @param kind what the script declares it to be; empty if it leaves that to the compiler
 * @param entries how many keys it may have
 */
public record MapShape(String name, Optional<TraceType> key, TraceType value, Optional<MapType> kind, int entries) {}
