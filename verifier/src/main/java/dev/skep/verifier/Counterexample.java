package dev.skep.verifier;

import dev.skep.object.Bytes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * An input on which the program would go wrong.
 *
 * @param text in words: {@code "a packet of 14 bytes: the load reads byte 14"}
 * @param packet the packet, empty if the program has none
 * @param values values to be had where the program reads what it does not know: by the slot of the reading instruction, in the order they are read
 * @param goesWrongAt the slot of the instruction that goes wrong
 */
public record Counterexample(String text, Bytes packet, SequencedMap<Integer, List<Long>> values, int goesWrongAt) {
    public Counterexample {
        values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }
}
