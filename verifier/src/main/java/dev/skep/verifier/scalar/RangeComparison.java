package dev.skep.verifier.scalar;

/**
 * What a comparison of two numbers tells: whether it is decided by what is known of them, and what more is known once
 * it holds.
 */
public final class RangeComparison {
    private RangeComparison() {}

    /**
     * Whether {@code a comparison b} holds (the kernel's {@code is_scalar_branch_taken}, Linux 6.18).
     *
     * @param wide whether all 64 bits are compared; else the low halves are
     */
    public static Decision decide(Comparison comparison, Range a, Range b, boolean wide) {
        return switch (comparison) {
            case EQUAL -> BranchDecision.equal(a, b, wide);
            case NOT_EQUAL -> BranchDecision.equal(a, b, wide).negated();
            case TEST -> BranchDecision.test(a, b, wide);
            case NOT_TEST -> BranchDecision.test(a, b, wide).negated();
            case LESS -> BranchDecision.less(a, b, wide);
            case GREATER_OR_EQUAL -> BranchDecision.less(a, b, wide).negated();
            case GREATER -> BranchDecision.less(b, a, wide);
            case LESS_OR_EQUAL -> BranchDecision.less(b, a, wide).negated();
            case SIGNED_LESS -> BranchDecision.signedLess(a, b, wide);
            case SIGNED_GREATER_OR_EQUAL ->
                BranchDecision.signedLess(a, b, wide).negated();
            case SIGNED_GREATER -> BranchDecision.signedLess(b, a, wide);
            case SIGNED_LESS_OR_EQUAL -> BranchDecision.signedLess(b, a, wide).negated();
        };
    }

    /**
     * What is known of both numbers where {@code a comparison b} holds (the kernel's {@code regs_refine_cond_op} and
     * {@code reg_bounds_sync}, Linux 6.18). Where it does not hold, ask for the {@link Comparison#opposite()}.
     *
     * @param wide whether all 64 bits are compared; else the low halves are
     */
    public static Refined refine(Comparison comparison, Range a, Range b, boolean wide) {
        return switch (comparison) {
            case GREATER, GREATER_OR_EQUAL, SIGNED_GREATER, SIGNED_GREATER_OR_EQUAL -> {
                Refined swapped = refine(comparison.swapped(), b, a, wide);
                yield new Refined(swapped.b(), swapped.a());
            }
            case EQUAL -> wide ? BranchRefinement.equal(a, b) : BranchRefinement.equal32(a, b);
            case LESS -> wide ? BranchRefinement.less(a, b) : BranchRefinement.less32(a, b);
            case LESS_OR_EQUAL -> wide ? BranchRefinement.lessOrEqual(a, b) : BranchRefinement.lessOrEqual32(a, b);
            case SIGNED_LESS -> wide ? BranchRefinement.signedLess(a, b) : BranchRefinement.signedLess32(a, b);
            case SIGNED_LESS_OR_EQUAL ->
                wide ? BranchRefinement.signedLessOrEqual(a, b) : BranchRefinement.signedLessOrEqual32(a, b);
            case NOT_EQUAL, TEST, NOT_TEST -> refineByConstant(comparison, a, b, wide);
        };
    }

    /** These tell something of one operand only, and only if the other is a constant. */
    private static Refined refineByConstant(Comparison comparison, Range a, Range b, boolean wide) {
        if (isConstant(b, wide)) {
            return new Refined(ConstantRefinement.refine(comparison, a, b.bits().value(), wide), b.normalized());
        }
        if (isConstant(a, wide)) {
            return new Refined(
                    a.normalized(),
                    ConstantRefinement.refine(comparison, b, a.bits().value(), wide));
        }
        return new Refined(a.normalized(), b.normalized());
    }

    private static boolean isConstant(Range range, boolean wide) {
        return wide ? range.isConstant() : range.isConstant32();
    }
}
