package dev.skep.trace.plan;

import dev.skep.trace.type.TraceType;
import java.util.List;
import java.util.Map;

/**
 * What printing has to know about the C types in a plan's events and maps: those that values have, and those that their members have.
 *
 * @param structures the members of each {@link TraceType.Structure} by its name
 * @param enumerations the names of each {@link TraceType.Enumeration}'s values by its name
 */
public record PlannedTypes(Map<String, List<Member>> structures, Map<String, Map<Long, String>> enumerations) {
    /** None. */
    public static final PlannedTypes NONE = new PlannedTypes(Map.of(), Map.of());

    public PlannedTypes {
        structures = Map.copyOf(structures);
        enumerations = Map.copyOf(enumerations);
    }

    /**
     * A member of a structure or union, in its order.
     *
     * @param name empty for one without a name
     * @param offset in bytes
     * @param bit of the value at {@code offset}, from the lowest, where a bit field begins
     * @param bits how many bits a bit field has; 0 for what is none
     */
    public record Member(String name, TraceType type, int offset, int bit, int bits) {}
}
