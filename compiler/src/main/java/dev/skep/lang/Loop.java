package dev.skep.lang;

import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * Loops with a lambda expression for a body. The verifier looks at the body once, however often it is done: the kernel calls it
 * ({@code bpf_loop}, since Linux 5.17). A known count up to 64, and any for older kernels, is compiled as a {@code for} loop.
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
}
