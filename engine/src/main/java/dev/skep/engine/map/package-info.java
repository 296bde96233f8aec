/** The map kinds, with the kernel's semantics. */
package dev.skep.engine.map;
