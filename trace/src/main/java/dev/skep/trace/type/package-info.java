/** The types of values in scripts, as programs and what prints share them: every one has a size and a layout in memory. */
package dev.skep.trace.type;
