/** Proves programs safe: {@link dev.skep.verifier.Verifier} and the verdict it gives. */
@org.jspecify.annotations.NullMarked
package dev.skep.verifier;
