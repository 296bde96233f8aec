package dev.skep.compiler.unit;

import dev.skep.compiler.type.CType;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.util.List;
import java.util.Optional;

/**
 * A map that the unit declares.
 *
 * @param key empty for kinds without keys (ring buffers, queues)
 * @param value empty for kinds without values of their own
 * @param maxEntries for a ring buffer its bytes
 * @param flags {@code BPF_F_*} of map creation
 * @param inner what a map of maps holds
 * @param values initial slots of program arrays and maps of maps
 */
public record MapDeclaration(
        String name,
        MapType type,
        Optional<CType> key,
        Optional<CType> value,
        int maxEntries,
        int flags,
        MapSpec.Pinning pinning,
        Optional<MapDeclaration> inner,
        List<MapSpec.InitialSlot> values) {
    public MapDeclaration {
        values = List.copyOf(values);
    }
}
