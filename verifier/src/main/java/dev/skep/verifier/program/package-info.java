/** The program as the verifier walks it: code by slot, functions, control flow, live registers, maps with their special fields. */
@org.jspecify.annotations.NullMarked
package dev.skep.verifier.program;
