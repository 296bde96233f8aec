package dev.skep.engine.counterexample;

import dev.skep.object.Bytes;
import dev.skep.object.program.HelperId;

/** A number that a program gets from outside, little-endian where it consists of bytes. */
sealed interface InputField {
    /** How many bytes it has. */
    int size();

    /** Bytes of the packet. @param offset from the frame's first byte */
    record PacketBytes(int offset, int size) implements InputField {}

    /** How long the packet is. */
    record PacketLength() implements InputField {
        @Override
        public int size() {
            return Integer.BYTES;
        }
    }

    /** Bytes of the context structure. */
    record ContextBytes(int offset, int size) implements InputField {}

    /** Bytes of global variables. @param map the section's name */
    record GlobalBytes(String map, int offset, int size) implements InputField {}

    /** Bytes of a map's value. */
    record EntryBytes(String map, Bytes key, int offset, int size) implements InputField {}

    /**
     * What a helper returns.
     *
     * @param slot of the call
     * @param number counts the calls there, from 0
     */
    record HelperResult(int slot, int number, HelperId helper, int size) implements InputField {}
}
