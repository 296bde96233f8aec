package dev.skep.verifier.scalar;

/**
 * What is known of two numbers once a comparison of them is known to hold.
 *
 * @param a the first operand
 * @param b the second operand
 */
public record Refined(Range a, Range b) {
    /** Whether it shows that the comparison cannot hold. */
    public boolean isEmpty() {
        return a.isEmpty() || b.isEmpty();
    }
}
