package dev.skep.engine.differential;

import java.util.random.RandomGenerator;

/** Numbers at which arithmetic goes wrong if it does: the ends of each width, and shifts by them. */
public final class EdgeNumbers {
    private static final long[] EDGES = {
        0,
        1,
        2,
        3,
        7,
        8,
        31,
        32,
        63,
        64,
        -1,
        -2,
        0x7f,
        0x80,
        0xff,
        0x7fff,
        0x8000,
        0xffff,
        0x7fff_ffffL,
        0x8000_0000L,
        0x8000_0001L,
        0xffff_ffffL,
        0x1_0000_0000L,
        -0x8000_0000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1
    };

    private EdgeNumbers() {}

    /** One of them. */
    public static long any(RandomGenerator random) {
        return EDGES[random.nextInt(EDGES.length)];
    }
}
