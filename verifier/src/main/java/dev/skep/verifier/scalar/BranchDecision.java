package dev.skep.verifier.scalar;

/** Comparisons whose result follows from the intervals and bits of the operands. */
final class BranchDecision {
    private BranchDecision() {}

    static Decision equal(Range a, Range b, boolean wide) {
        Tnum bitsOfA = wide ? a.bits() : a.bits().lower32();
        Tnum bitsOfB = wide ? b.bits() : b.bits().lower32();
        if (bitsOfA.isConstant() && bitsOfB.isConstant()) {
            return bitsOfA.value() == bitsOfB.value() ? Decision.ALWAYS : Decision.NEVER;
        }
        boolean different = !bitsOfA.overlaps(bitsOfB) || apart32(a, b) || (wide && apart64(a, b));
        return different ? Decision.NEVER : Decision.UNKNOWN;
    }

    private static boolean apart64(Range a, Range b) {
        return Unsigned.less(b.umax(), a.umin())
                || Unsigned.less(a.umax(), b.umin())
                || a.smin() > b.smax()
                || a.smax() < b.smin();
    }

    private static boolean apart32(Range a, Range b) {
        return Unsigned.less(b.umax32(), a.umin32())
                || Unsigned.less(a.umax32(), b.umin32())
                || a.smin32() > b.smax32()
                || a.smax32() < b.smin32();
    }

    /** Whether some bit is set in both; decided only if one of them is a constant. */
    static Decision test(Range a, Range b, boolean wide) {
        Tnum bitsOfA = wide ? a.bits() : a.bits().lower32();
        Tnum bitsOfB = wide ? b.bits() : b.bits().lower32();
        if (!bitsOfA.isConstant() && !bitsOfB.isConstant()) {
            return Decision.UNKNOWN;
        }
        Tnum both = bitsOfA.and(bitsOfB);
        return Decision.of(both.value() != 0, both.value() == 0 && both.isConstant());
    }

    static Decision less(Range a, Range b, boolean wide) {
        return wide
                ? Decision.of(Unsigned.less(a.umax(), b.umin()), Unsigned.atMost(b.umax(), a.umin()))
                : Decision.of(Unsigned.less(a.umax32(), b.umin32()), Unsigned.atMost(b.umax32(), a.umin32()));
    }

    static Decision signedLess(Range a, Range b, boolean wide) {
        return wide
                ? Decision.of(a.smax() < b.smin(), a.smin() >= b.smax())
                : Decision.of(a.smax32() < b.smin32(), a.smin32() >= b.smax32());
    }
}
