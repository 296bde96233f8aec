/** From a script's text to its tree, and back to text in canonical form. */
package dev.skep.trace.syntax;
