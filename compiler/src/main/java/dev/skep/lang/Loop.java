package dev.skep.lang;

import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * Loops that the verifier does not follow to their end. Those with a lambda expression for a body: the verifier looks at the body once, however often it is done: the kernel calls it
 * ({@code bpf_loop}, since Linux 5.17). A known count up to 64, and any for older kernels, is compiled as a {@code for} loop.
 * Those of Java, with {@link #mayContinue} in their condition: the kernel counts their rounds (since Linux 6.9).
 */
public final class Loop {
    /** The most rounds a loop can have; {@code BPF_MAX_LOOPS} of Linux. */
    public static final int MOST_ROUNDS = 8 * 1024 * 1024;

    private Loop() {}

    /** Calls {@code body} with the numbers from 0 to {@code count - 1}; never if there are more than {@link #MOST_ROUNDS}. */
    public static void times(int count, IntConsumer body) {
        if (count <= MOST_ROUNDS) {
            for (int i = 0; i < count; i++) {
                body.accept(i);
            }
        }
    }

    /**
     * Calls {@code body} with the numbers from 0 to {@code count - 1} until it returns {@code false}; never if there are more than
     * {@link #MOST_ROUNDS}.
     */
    public static void timesWhile(int count, IntPredicate body) {
        if (count <= MOST_ROUNDS) {
            for (int i = 0; i < count && body.test(i); i++) {
                // All is done in the condition.
            }
        }
    }

    /**
     * True until the loops of a program, and of the methods compiled into it, have used up what the kernel lets them together:
     * {@link #MOST_ROUNDS} rounds, since Linux 6.15 on x86-64 and arm64 a quarter of a second instead. Every round of a
     * loop has to ask: {@code while (node != null && Loop.mayContinue()) ...}. Since Linux 6.9.
     */
    public static boolean mayContinue() {
        throw new NotInJavaException("mayContinue");
    }
}
