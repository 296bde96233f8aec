/** What each instruction does to a state, and when it is refused: a class a rule. */
@org.jspecify.annotations.NullMarked
package dev.skep.verifier.transfer;
