package dev.skep.lang;

import java.util.function.IntConsumer;

/** Loops with a lambda expression for a body, which is compiled in its place. */
public final class Loop {
    private Loop() {}

    /** Calls {@code body} with the numbers from 0 to {@code count - 1}. */
    public static void times(int count, IntConsumer body) {
        for (int i = 0; i < count; i++) {
            body.accept(i);
        }
    }
}
