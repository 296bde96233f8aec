/** Everything the verifier knows at a point of the program: frames, stack, references, locks. */
@org.jspecify.annotations.NullMarked
package dev.skep.verifier.state;
