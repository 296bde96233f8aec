package dev.skep.verifier;

import dev.skep.object.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * An input on which the program went wrong: it was run with it, and had to be ended. What is empty or not named does not matter.
 *
 * @param packet the packet, an Ethernet frame; empty if programs of this type get none
 * @param context the start of the context structure, as the program reads it or as {@code BPF_PROG_TEST_RUN} takes it; no bytes
 *     for one that nobody set
 * @param entries what stands in maps before the run; maps are empty, arrays zero, otherwise
 * @param variables global variables that have another value than the one they start with
 * @param results what helpers return whose result nobody can know beforehand
 * @param effect what the program did, in the words of who ran it: {@code reads 1 byte at 0x1400e, right behind the end of packet
 *     (14 bytes at 0x14000)}
 * @param place where it was ended
 */
public record Counterexample(
        Optional<Bytes> packet,
        Bytes context,
        List<Entry> entries,
        List<Variable> variables,
        List<Result> results,
        String effect,
        Place place) {
    public Counterexample {
        entries = List.copyOf(entries);
        variables = List.copyOf(variables);
        results = List.copyOf(results);
    }

    /** An entry of a map. */
    public record Entry(String map, Bytes key, Bytes value) {}

    /**
     * Global variables, or a part of one.
     *
     * @param name the variable's; the map's if types do not tell which it is
     * @param map named after the section
     * @param offset in the map's value, in bytes
     * @param value its bytes
     */
    public record Variable(String name, String map, int offset, Bytes value) {}

    /** @param helper its name: {@code bpf_get_prandom_u32} @param value what is in r0 after the call at {@code place} */
    public record Result(String helper, Place place, long value) {}

    /** True if the packet alone makes the program go wrong. */
    public boolean isPacketAlone() {
        return packet.isPresent()
                && context.length() == 0
                && entries.isEmpty()
                && variables.isEmpty()
                && results.isEmpty();
    }
}
