/**
 * What is known of a number: {@link dev.skep.verifier.scalar.Tnum} tells of its bits, {@link
 * dev.skep.verifier.scalar.Range} adds the interval it lies in, read as signed and as unsigned, of 64 and of 32 bits.
 * {@link dev.skep.verifier.scalar.RangeArithmetic} and {@link dev.skep.verifier.scalar.RangeComparison} say what an
 * instruction makes of that knowledge, with the precision of the kernel's verifier (kernel/bpf/verifier.c, tnum.c;
 * Linux 6.18): a program that needs more precision than that is rejected there, one that needs as much must pass here.
 *
 * <p>Everything here is a value that does not change, and depends on nothing else of the verifier.
 */
@NullMarked
package dev.skep.verifier.scalar;

import org.jspecify.annotations.NullMarked;
