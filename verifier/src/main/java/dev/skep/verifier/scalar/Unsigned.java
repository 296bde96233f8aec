package dev.skep.verifier.scalar;

/** Order of numbers read as unsigned. */
final class Unsigned {
    private Unsigned() {}

    static boolean less(long left, long right) {
        return Long.compareUnsigned(left, right) < 0;
    }

    static boolean less(int left, int right) {
        return Integer.compareUnsigned(left, right) < 0;
    }

    static boolean atMost(long left, long right) {
        return Long.compareUnsigned(left, right) <= 0;
    }

    static boolean atMost(int left, int right) {
        return Integer.compareUnsigned(left, right) <= 0;
    }

    static long min(long left, long right) {
        return less(left, right) ? left : right;
    }

    static int min(int left, int right) {
        return less(left, right) ? left : right;
    }

    static long max(long left, long right) {
        return less(left, right) ? right : left;
    }

    static int max(int left, int right) {
        return less(left, right) ? right : left;
    }
}
