package dev.skep.engine.jit;

/** Division by what may be zero, as RFC 9669 has it: the quotient is 0 and the remainder the dividend. */
final class Division {
    private Division() {}

    static int divide(int a, int b) {
        return b == 0 ? 0 : Integer.divideUnsigned(a, b);
    }

    static int remainder(int a, int b) {
        return b == 0 ? a : Integer.remainderUnsigned(a, b);
    }

    static int signedDivide(int a, int b) {
        return b == 0 ? 0 : a / b;
    }

    static int signedRemainder(int a, int b) {
        return b == 0 ? a : a % b;
    }

    static long divide(long a, long b) {
        return b == 0 ? 0 : Long.divideUnsigned(a, b);
    }

    static long remainder(long a, long b) {
        return b == 0 ? a : Long.remainderUnsigned(a, b);
    }

    static long signedDivide(long a, long b) {
        return b == 0 ? 0 : a / b;
    }

    static long signedRemainder(long a, long b) {
        return b == 0 ? a : a % b;
    }
}
