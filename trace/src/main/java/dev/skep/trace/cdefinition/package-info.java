/** What a script's preamble defines in C: structures with their layout, enumerations, names of types. Plain data. */
package dev.skep.trace.cdefinition;
