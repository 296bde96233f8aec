package dev.skep.compiler.java;

import dev.skep.compiler.unit.MapDeclaration;
import java.util.Optional;

/**
 * A static field that is a map.
 *
 * @param key empty for maps without keys
 * @param value empty for maps without values; of a ring buffer its records
 * @param inner what the maps in a map of maps are like
 */
record MapField(
        MapDeclaration declaration, Optional<FieldType> key, Optional<FieldType> value, Optional<MapField> inner) {
    MapField with(MapDeclaration other) {
        return new MapField(other, key, value, inner);
    }
}
