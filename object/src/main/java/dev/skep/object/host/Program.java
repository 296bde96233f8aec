package dev.skep.object.host;

import dev.skep.object.Bytes;
import dev.skep.object.program.ProgramSpec;

/** A loaded program. */
public interface Program {
    /** What it was loaded from. */
    ProgramSpec spec();

    /**
     * Runs it once on made-up input, as {@code BPF_PROG_TEST_RUN} does.
     *
     * @throws HostException if the program type cannot be run so, or the run was ended (budget, trap)
     */
    Outcome run(Input input);

    /**
     * What a test run starts from.
     *
     * @param data the packet (for packet programs), or the memory handed to a raw program
     * @param context the program type's user-visible context structure, empty for defaults
     */
    record Input(Bytes data, Bytes context) {
        /** A packet and a default context. */
        public static Input packet(byte[] data) {
            return new Input(Bytes.of(data), Bytes.EMPTY);
        }
    }

    /**
     * What a test run ended in.
     *
     * @param returnValue r0 at exit, all 64 bits; most program types look at the lower 32
     * @param data the packet as the program left it @param context the context as the program left it
     */
    record Outcome(long returnValue, Bytes data, Bytes context) {}
}
