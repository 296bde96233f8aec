/** The compiler as a whole: from a unit of functions, maps and globals to an object. */
package dev.skep.compiler;
