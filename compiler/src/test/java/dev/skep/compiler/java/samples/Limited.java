package dev.skep.compiler.java.samples;

import dev.skep.lang.Loop;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.program.Xdp;

/** Loops that the kernel limits. */
public final class Limited {
    private Limited() {}

    @Xdp
    static int steps(XdpContext context) {
        long number = context.length();
        int steps = 0;
        while (number != 1 && Loop.mayContinue()) {
            number = (number & 1) == 0 ? number >> 1 : 3 * number + 1;
            steps++;
        }
        return steps;
    }

    @Xdp
    static int endless(XdpContext context) {
        int rounds = 0;
        while (Loop.mayContinue()) {
            rounds += 2;
        }
        return rounds;
    }
}
