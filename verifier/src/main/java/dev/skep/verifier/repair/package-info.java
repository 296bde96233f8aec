/** Repairs a rejected program, instruction by instruction, to find out whether what is suggested would help. */
@org.jspecify.annotations.NullMarked
package dev.skep.verifier.repair;
