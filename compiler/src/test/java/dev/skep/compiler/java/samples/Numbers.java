package dev.skep.compiler.java.samples;

import java.util.function.IntUnaryOperator;
import java.util.function.LongBinaryOperator;

/** Arithmetic and control flow in all forms. Tests run every method on the JVM and as a BPF program, and compare. */
@SuppressWarnings({"BadShiftAmount", "CompareToZero", "FallThrough", "lossy-conversions"}) // that is what is tested
public final class Numbers {
    private static final int WORDS = 8;

    private Numbers() {}

    public static int addAndSubtract(int a, int b) {
        return a + b - 7 * a;
    }

    public static long addAndSubtractLong(long a, long b) {
        return a - b + 11 * b;
    }

    public static int multiply(int a, int b) {
        return a * b;
    }

    public static long multiplyLong(long a, long b) {
        return a * b;
    }

    public static int divide(int a, int b) {
        return a / b;
    }

    public static long divideLong(long a, long b) {
        return a / b;
    }

    public static int remainder(int a, int b) {
        return a % b;
    }

    public static long remainderLong(long a, long b) {
        return a % b;
    }

    public static int divideByConstants(int a) {
        return a / 10 + a / -3 + a / 8 + a % 7 + a % 16;
    }

    public static long divideByConstantsLong(long a) {
        return a / 1_000_000_007L + a % -13 + a / 64 + a % 4;
    }

    public static int negate(int a) {
        return -a;
    }

    public static long negateLong(long a) {
        return -a;
    }

    public static int bits(int a, int b) {
        return (a & b) ^ (a | ~b);
    }

    public static long bitsLong(long a, long b) {
        return (a & b) ^ (a | ~b);
    }

    public static int shifts(int a, int b) {
        return (a << b) + (a >> b) + (a >>> b);
    }

    public static long shiftsLong(long a, int b) {
        return (a << b) + (a >> b) + (a >>> b);
    }

    public static long shiftsByLong(long a, long b) {
        return (a << b) ^ (a >> b) ^ (a >>> b);
    }

    public static int shiftsByConstants(int a) {
        return (a << 33) + (a >> 31) + (a >>> 4);
    }

    public static int narrow(int a) {
        return (byte) a + (short) (a >> 3) * 3 + (char) (a >> 7);
    }

    public static long narrowLong(long a) {
        return (byte) a + (short) (a >> 3) * 3L + (char) (a >> 7) + (int) (a >> 9);
    }

    public static long widen(int a) {
        return a * 3_000_000_000L + (a & 0xffffffffL);
    }

    public static int smallLocals(int a, int b) {
        byte small = (byte) a;
        short middle = (short) b;
        char letter = (char) (a + b);
        small += 100;
        middle *= 3;
        letter++;
        small >>>= 1;
        return small + middle + letter;
    }

    public static int compareLongs(long a, long b) {
        int result = 0;
        if (a < b) {
            result |= 1;
        }
        if (a <= b) {
            result |= 2;
        }
        if (a > b) {
            result |= 4;
        }
        if (a >= b) {
            result |= 8;
        }
        if (a == b) {
            result |= 16;
        }
        return a != b ? result | 32 : result;
    }

    public static int compareInts(int a, int b) {
        int result = a < b ? 1 : 2;
        result += a <= b ? 4 : 8;
        result += a > b ? 16 : 32;
        result += a >= b ? 64 : 128;
        result += a == b ? 256 : 512;
        return result + (a != b ? 1024 : 2048);
    }

    public static int compareWithZero(int a) {
        int result = a < 0 ? 1 : 0;
        result += a <= 0 ? 2 : 0;
        result += a > 0 ? 4 : 0;
        result += a >= 0 ? 8 : 0;
        result += a == 0 ? 16 : 0;
        return result + (a != 0 ? 32 : 0);
    }

    public static boolean logic(int a, int b) {
        return (a > 3 && b < 10) || (a == b ^ b > 1000) || !(a < -5);
    }

    public static int counted(int a, int b) {
        int sum = 0;
        for (int i = 0; i < 20; i++) {
            sum = sum * 31 + (i % 2 == 0 ? a : b);
        }
        return sum;
    }

    public static int bounded(int a, int b) {
        int sum = b;
        for (int i = 0; i < (a & 31); i++) {
            sum += i * b;
        }
        return sum;
    }

    public static int labels(int a, int b) {
        int sum = 0;
        outer:
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                if (((a >> i) & 1) == 1) {
                    continue outer;
                }
                if (((b >> j) & 3) == 3) {
                    break outer;
                }
                sum += i * j + 1;
            }
        }
        return sum;
    }

    public static int doWhile(int a) {
        int steps = 0;
        int rest = a & 0xfff;
        do {
            rest >>= 1;
            steps++;
        } while (rest != 0 && steps < 12);
        return steps;
    }

    public static int denseSwitch(int a, int b) {
        switch (a & 7) {
            case 0:
                return b;
            case 1:
            case 2:
                b += 5;
                break;
            case 3:
                b *= 2;
            case 4:
                b -= 3;
                break;
            case 6:
                return -b;
            default:
                b ^= 0x55;
        }
        return b + 1;
    }

    public static int sparseSwitch(int a) {
        return switch (a & 0xff) {
            case 1 -> 10;
            case 100 -> 20;
            case 200, 201 -> 30;
            default -> {
                int doubled = a * 2;
                yield doubled + 1;
            }
        };
    }

    public static int ternaries(int a, int b) {
        return (a > b ? a - b : b - a) + (a > 0 ? b > 0 ? 1 : 2 : 3);
    }

    public static long manyVariables(long a, long b) {
        long c = a + b;
        long d = a - b;
        long e = a ^ b;
        long f = a | b;
        long g = a & b;
        long h = c * d;
        long i = e * f;
        long j = g + h;
        long k = i - j;
        return c + 2 * d + 3 * e + 5 * f + 7 * g + 11 * h + 13 * i + 17 * j + 19 * k + a - b;
    }

    public static long swapping(long a, long b) {
        long x = a;
        long y = b;
        for (int i = 0; i < 9; i++) {
            long previous = x;
            x = y;
            y = previous + y;
        }
        return x;
    }

    public static long assignments(long a, int b) {
        long x = a;
        int y = b;
        y += x;
        x <<= y++;
        x ^= ++y;
        y -= 3;
        return (x = x + y) * x;
    }

    public static int minimaAndMaxima(int a, int b) {
        return Math.min(a, b) * 3 + Math.max(a, 100) - Math.abs(b);
    }

    public static long minimaAndMaximaLong(long a, long b) {
        return Math.min(a, b) * 3 + Math.max(a, 100) - Math.abs(b);
    }

    public static int comparisons(int a, int b) {
        return Integer.compare(a, b) * 9 + Integer.compareUnsigned(a, b) * 3 + Integer.signum(a);
    }

    public static int comparisonsLong(long a, long b) {
        return Long.compare(a, b) * 9 + Long.compareUnsigned(a, b) * 3 + Long.signum(a);
    }

    public static int unsigned(int a, int b) {
        return Integer.divideUnsigned(a, b) ^ Integer.remainderUnsigned(a, b);
    }

    public static long unsignedLong(long a, long b) {
        return Long.divideUnsigned(a, b) ^ Long.remainderUnsigned(a, b);
    }

    public static long toUnsigned(int a) {
        return Integer.toUnsignedLong(a) + Byte.toUnsignedInt((byte) a) + Short.toUnsignedLong((short) a);
    }

    public static int reversals(int a) {
        return Integer.reverseBytes(a) + Short.reverseBytes((short) a) * 3 + Character.reverseBytes((char) a);
    }

    public static long reversalsLong(long a) {
        return Long.reverseBytes(a);
    }

    public static int bitCounts(int a) {
        return Integer.bitCount(a) * 10_000 + Integer.numberOfLeadingZeros(a) * 100 + Integer.numberOfTrailingZeros(a);
    }

    public static int bitCountsLong(long a) {
        return Long.bitCount(a) * 10_000 + Long.numberOfLeadingZeros(a) * 100 + Long.numberOfTrailingZeros(a);
    }

    public static int rotations(int a, int b) {
        return Integer.rotateLeft(a, b) + Integer.rotateRight(a, 7) + Integer.rotateRight(a, b);
    }

    public static long rotationsLong(long a, int b) {
        return Long.rotateLeft(a, b) + Long.rotateRight(a, 7) + Long.rotateRight(a, b);
    }

    public static long calls(long a, int b) {
        return square(a) + square(b) * signOf(b) + (isSmall(b) ? 1 : 0);
    }

    private static long square(long a) {
        return a * a;
    }

    private static int signOf(int a) {
        if (a < 0) {
            return -1;
        }
        return a == 0 ? 0 : 1;
    }

    private static boolean isSmall(int a) {
        return a >= 0 && a < 100;
    }

    public static int divisionInACall(int a, int b) {
        return 1 + divide(a, b & 3) + remainder(b, a & 1);
    }

    public static int lambdas(int a, int b) {
        return twice(x -> x * 3 + b, a) + twice(Numbers::signOf, b);
    }

    private static int twice(IntUnaryOperator operator, int a) {
        return operator.applyAsInt(operator.applyAsInt(a));
    }

    public static long folding(long a, long b) {
        return fold((x, y) -> x * 31 + y, a, b);
    }

    private static long fold(LongBinaryOperator operator, long first, long step) {
        long result = first;
        for (int i = 0; i < WORDS; i++) {
            result = operator.applyAsLong(result, step + i);
        }
        return result;
    }

    public static int assertions(int a) {
        assert a != 5 : "five";
        return a + 1;
    }

    public static int constantsOfCalls(int a, int b) {
        return (assigned(true, a > b) ? 1 : 0) + (assigned(false, a > b) ? 2 : 0);
    }

    private static boolean assigned(boolean x, boolean y) {
        x |= (x &= !(x ? true : y));
        return x ^ y;
    }

    public static int localArrays(int a, int b) {
        int[] squares = new int[4];
        short[] small = {(short) a, 7, (short) b};
        boolean[] flags = new boolean[9];
        for (int i = 0; i < squares.length; i++) {
            squares[i] = i * i + b;
            flags[i] = (a >> i & 1) != 0;
        }
        small[a & 1] += b;
        squares[b & 3] <<= a;
        long sum = 0;
        for (int square : squares) {
            sum = sum * 31 + square;
        }
        for (short each : small) {
            sum += flags[each & 3] ? each : -each;
        }
        return (int) (sum ^ sum >>> 32);
    }

    public static long elementThatMayNotBeThere(int a, int b) {
        long[] few = {1, a, b};
        return few[b & 3] + few.length;
    }

    /** What was compared is the index, not one that is the same for other reasons. */
    public static int elementByCharacter(long a, long b) {
        int[] few = new int[2];
        char index = (char) (a & (char) b);
        few[Math.abs(index)]++;
        return few[0] + index;
    }
}
