package dev.skep;

import dev.skep.lang.Struct;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.program.Xdp;

/** Static fields and structs of one name in several classes. */
final class EqualNames {
    static final class Left {
        static final class Total extends Struct {
            int sum;
        }

        static final Total total = new Total();
        static final int[] TABLE = {1, 2};
        static int count = 7;
    }

    static final class Right {
        static final class Total extends Struct {
            long sum;
            short rounds;
        }

        static final Total total = new Total();
        static final int[] TABLE = {30, 40, 50};
        static long count;
        static final int LIMIT = 3;
    }

    static final int[] TABLE = {-1, -2, -3, -4};
    static int count = 3;
    static int LIMIT = 100;

    private EqualNames() {}

    static int numbers(int first, int second, long third) {
        Left.count += first;
        Right.count ^= third;
        count -= second;
        LIMIT++;
        return Left.count * 31 + (int) Right.count * 7 + count + LIMIT * Right.LIMIT;
    }

    @Xdp
    static int numbers(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        return numbers == null ? -1 : numbers(numbers.first, numbers.second, numbers.third);
    }

    static int structsAndArrays(int first, int second, long third) {
        Left.total.sum += first;
        Right.total.sum += third;
        Right.total.rounds++;
        TABLE[first & 3] += second;
        Left.TABLE[first & 1]++;
        int tables = TABLE[second & 3] + Left.TABLE[first & 1] + Right.TABLE[first & 2];
        return Left.total.sum + (int) Right.total.sum + Right.total.rounds + tables;
    }

    @Xdp
    static int structsAndArrays(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        return numbers == null ? -1 : structsAndArrays(numbers.first, numbers.second, numbers.third);
    }
}
