package dev.skep.verifier;

import dev.skep.object.KernelVersion;
import java.util.Comparator;

/**
 * Something a program uses that not every kernel has.
 *
 * @param what in a few words: {@code bpf_loop()}, {@code loops with a bound}
 * @param since the first kernel with it
 * @param instruction the slot of an instruction that uses it, {@link #WHOLE_PROGRAM} if it is the program as such
 */
public record Requirement(String what, KernelVersion since, int instruction) {
    /** The instruction of what no single one demands: a type of program, a map. */
    public static final int WHOLE_PROGRAM = -1;

    /** The one that asks for the newest kernel first. */
    public static final Comparator<Requirement> NEWEST_FIRST =
            Comparator.comparing(Requirement::since).reversed();
}
