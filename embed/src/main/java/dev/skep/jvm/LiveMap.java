package dev.skep.jvm;

import dev.skep.engine.map.EngineMap;

/**
 * A live map with the classes of its keys and values: structs, or {@code Integer} and the like.
 *
 * @param value of a ring buffer its records
 */
record LiveMap(EngineMap map, Class<?> key, Class<?> value) {}
