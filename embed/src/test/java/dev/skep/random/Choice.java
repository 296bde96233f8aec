package dev.skep.random;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Chooses at random, always the same for a seed. */
final class Choice {
    private final Random random;

    Choice(long seed) {
        this.random = new Random(seed);
    }

    /** From 0 up to, but without, {@code bound}. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** True once in so many times. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    long anyLong() {
        return random.nextLong();
    }

    int anyInt() {
        return random.nextInt();
    }

    <T> T of(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    String of(String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    /** What one of the suppliers gives. */
    @SafeVarargs
    final <T> T by(Supplier<T>... suppliers) {
        return suppliers[random.nextInt(suppliers.length)].get();
    }
}
