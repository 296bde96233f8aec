package dev.skep.random;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What a generated method is called with. */
record MethodArguments(long a, long b, int c, short d, char e, byte f, boolean g) {
    private static final List<Long> EDGES = List.of(
            0L,
            1L,
            2L,
            7L,
            31L,
            64L,
            127L,
            255L,
            65535L,
            -1L,
            -128L,
            -32768L,
            (long) Integer.MAX_VALUE,
            (long) Integer.MIN_VALUE,
            0xffff_ffffL,
            0x1_0000_0000L,
            Long.MAX_VALUE,
            Long.MIN_VALUE);

    /** Random ones, many of them at the edges of their types. */
    static List<MethodArguments> random(long seed, int count) {
        Choice choice = new Choice(seed);
        List<MethodArguments> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(new MethodArguments(
                    number(choice),
                    number(choice),
                    (int) number(choice),
                    (short) number(choice),
                    (char) number(choice),
                    (byte) number(choice),
                    choice.oneIn(2)));
        }
        return all;
    }

    private static long number(Choice choice) {
        return choice.by(
                choice::anyLong, () -> (long) choice.anyInt(), () -> choice.below(40) - 8L, () -> choice.of(EDGES));
    }

    /** As they lie in the packet, a zero for the result behind them. */
    byte[] packet() {
        return ByteBuffer.allocate(MethodBatch.PACKET)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(a)
                .putLong(b)
                .putInt(c)
                .putShort(d)
                .putChar(e)
                .put(f)
                .put((byte) (g ? 1 : 0))
                .array();
    }

    /** What the JVM computes; empty if it throws what ends a program. */
    OptionalLong call(Method method) {
        try {
            return OptionalLong.of((long) method.invoke(null, a, b, c, d, e, f, g));
        } catch (InvocationTargetException thrown) {
            Throwable cause = thrown.getCause();
            if (cause instanceof ArithmeticException || cause instanceof ArrayIndexOutOfBoundsException) {
                return OptionalLong.empty();
            }
            throw new AssertionError("a method threw what it cannot throw", cause);
        } catch (IllegalAccessException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
