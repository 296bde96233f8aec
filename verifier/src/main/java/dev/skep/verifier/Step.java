package dev.skep.verifier;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * One instruction of a path.
 *
 * @param place the instruction and its source line
 * @param frame depth of the call: 0 in the program's entry function
 * @param instruction the instruction's text as the kernel's log writes it
 * @param branch which way it went, if it is a conditional jump
 * @param state what is known before it runs: text by name ({@code R1}, {@code fp-8}) in the kernel's notation; registers
 *     first, then the stack from high to low; of the frame it runs in
 */
public record Step(Place place, int frame, String instruction, Branch branch, SequencedMap<String, String> state) {
    public Step {
        state = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(state));
    }

    /** Which way a conditional jump goes. */
    public enum Branch {
        /** The instruction is no conditional jump. */
        NONE,
        /** Its condition holds: it jumps. */
        TAKEN,
        /** Its condition does not hold: it goes on with the next instruction. */
        NOT_TAKEN
    }
}
