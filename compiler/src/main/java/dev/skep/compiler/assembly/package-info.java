/** Puts compiled functions, maps, globals and types together into one {@code BpfObject}. */
package dev.skep.compiler.assembly;
