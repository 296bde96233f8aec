package dev.skep.jvm;

import java.util.Optional;

/**
 * A live map with the classes of its keys and values: structs, or {@code Integer} and the like.
 *
 * @param handle what programs know it by
 * @param value of a ring buffer its records
 * @param inner of a map of maps, what those are like
 */
record LiveMap(long handle, Class<?> key, Class<?> value, Optional<Inner> inner) {
    /** What the maps in a map of maps are like. */
    record Inner(Class<?> type, Class<?> key, Class<?> value) {
        LiveMap live(long handle) {
            return new LiveMap(handle, key, value, Optional.empty());
        }
    }
}
