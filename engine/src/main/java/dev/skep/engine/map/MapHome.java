package dev.skep.engine.map;

import dev.skep.engine.memory.Sandbox;

/**
 * Where a new map lives.
 *
 * @param maps the directory it is entered in
 * @param sandbox the memory its values are in
 * @param blocks its parts of that memory
 * @param id its number
 * @param fields the fields of its values that only the kernel may touch
 */
record MapHome(Maps maps, Sandbox sandbox, MapBlocks blocks, int id, ValueFields fields) {}
