/** Walks every path of a program: which states are kept and compared, which numbers matter to that, and when to give up. */
@org.jspecify.annotations.NullMarked
package dev.skep.verifier.explore;
