/**
 * Maps, which programs and user space share. They are static final fields, made with constants:
 *
 * <pre>{@code
 * static final HashMap<Key, Counter> flows = new HashMap<>(1024);
 * }</pre>
 *
 * <p>Keys and values are structs, or {@code Integer}, {@code Long}, {@code Short}, {@code Byte}, {@code Character} and {@code
 * Boolean}, which lie in the map with their size.
 */
package dev.skep.lang.map;
