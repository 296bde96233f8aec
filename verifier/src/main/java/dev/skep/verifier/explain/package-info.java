/** From a failing path to an explanation: what happened to the value at fault, the line to change, and how. */
@org.jspecify.annotations.NullMarked
package dev.skep.verifier.explain;
