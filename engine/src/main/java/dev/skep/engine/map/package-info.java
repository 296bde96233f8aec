/**
 * The map kinds, with the kernel's semantics.
 *
 * <p>{@link dev.skep.engine.map.Maps} holds the live maps of one sandbox and creates them. {@link
 * dev.skep.engine.map.EngineMap} is a map seen from both sides: programs call it through helpers, by sandbox address; Java
 * calls it as a {@link dev.skep.object.host.BpfMap}, by bytes. Kinds that do more than look up and store are public types of
 * their own (a ring buffer, a prog array); the others are not.
 */
package dev.skep.engine.map;
