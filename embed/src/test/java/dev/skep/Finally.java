package dev.skep;

import dev.skep.lang.context.XdpContext;
import dev.skep.lang.program.Xdp;

/** What is done behind a {@code try}, however it is left: also where Java throws and the program ends. */
final class Finally {
    private static final int[] TABLE = {3, 1, 4, 1, 5};

    /** What the {@code finally} blocks did; the next run returns it. */
    static int done;

    record Pair(int left, int right) {}

    private Finally() {}

    static int division(int first, int second, long third) {
        int before = done;
        int result = 5;
        try {
            result = first / (second & 3);
        } finally {
            done = before * 31 + result;
        }
        return result + before;
    }

    @Xdp
    static int division(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        return numbers == null ? -1 : division(numbers.first, numbers.second, numbers.third);
    }

    /** Each way out of the loop passes the same code. */
    static int loops(int first, int second, long third) {
        int before = done;
        int result = 1;
        for (int i = 0; i < 6; i++) {
            try {
                if ((first >> i & 3) == 0) {
                    continue;
                }
                result += 100 / (second >> i & 3);
                if ((first >> i & 15) == 7) {
                    return result ^ before;
                }
                if ((third >> i & 15) == 9) {
                    break;
                }
            } finally {
                done += i * 7 + result;
            }
        }
        return result + before;
    }

    @Xdp
    static int loops(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        return numbers == null ? -1 : loops(numbers.first, numbers.second, numbers.third);
    }

    /** What throws is forgotten: Java goes on. */
    @SuppressWarnings("finally")
    static int swallowed(int first, int second, long third) {
        int sum = 0;
        for (int i = 0; i < 4; i++) {
            try {
                sum += TABLE[first >> i & 7];
            } finally {
                if (i < 3) {
                    continue;
                }
                return sum + i;
            }
        }
        return sum;
    }

    @Xdp
    static int swallowed(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        return numbers == null ? -1 : swallowed(numbers.first, numbers.second, numbers.third);
    }

    private static int element(int index) {
        try {
            return TABLE[index] / (index & 1);
        } finally {
            done += 3;
        }
    }

    /** Within each other, and in methods that are called. */
    static int nested(int first, int second, long third) {
        int before = done;
        Pair pair = new Pair(first, second);
        try {
            pair = new Pair(second, first);
            try {
                pair = new Pair(element(first & 7), pair.left());
            } finally {
                done += pair.right() % (second & 1) == 0 ? 5 : 11;
                pair = new Pair(pair.left(), 7);
            }
        } finally {
            done = done * 31 + pair.left() + pair.right();
        }
        return pair.left() * 7 + pair.right() + before;
    }

    @Xdp
    static int nested(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        return numbers == null ? -1 : nested(numbers.first, numbers.second, numbers.third);
    }

    static int failing(int first, int second, long third) {
        int before = done;
        int[] numbers = new int[4];
        try {
            numbers[first & 7] = second;
            numbers[second & 3] /= first & 3;
        } finally {
            done = numbers[1] + numbers[2] * 31 + before;
        }
        return numbers[3] + before;
    }

    @Xdp
    static int failing(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        return numbers == null ? -1 : failing(numbers.first, numbers.second, numbers.third);
    }
}
