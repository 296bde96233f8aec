package dev.skep.verifier.repair;

/** Where a value can be had at some instruction. */
sealed interface ValueHome {
    record Register(int number) implements ValueHome {}

    /** @param offset from the frame pointer, of 8 bytes */
    record Stack(int offset) implements ValueHome {}

    /** Nowhere any more, but it is in {@code r1} where the program starts: it has to be kept from there on. */
    record FirstArgument() implements ValueHome {}
}
