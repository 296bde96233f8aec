package dev.skep.linux.usdt;

/** Where an argument of a probe is when the probe is passed. */
public sealed interface ArgumentPlace {
    /** Nowhere: it is always this. */
    record Constant(long value) implements ArgumentPlace {}

    /** In a register. */
    record Register(Registers.Part register) implements ArgumentPlace {}

    /** In memory, at the sum of a register and a number. */
    record Memory(Registers.Part base, long displacement) implements ArgumentPlace {}

    /**
     * In memory, at the sum of a register, a multiple of another, and a number (x86-64).
     *
     * @param scale 1, 2, 4 or 8
     */
    record IndexedMemory(Registers.Part base, Registers.Part index, int scale, long displacement)
            implements ArgumentPlace {}
}
