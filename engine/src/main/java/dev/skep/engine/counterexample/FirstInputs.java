package dev.skep.engine.counterexample;

import dev.skep.object.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The inputs that are tried whatever the program does: nothing in maps, and packets and contexts of zeros or ones. */
final class FirstInputs {
    /** The shortest frame of Ethernet without its checksum: the most ordinary packet. */
    private static final int ORDINARY = 60;

    /** No frame is shorter than its header; shorter ones are tried last. */
    private static final int ETHERNET_HEADER = 14;

    private final RunInput blank;
    private final RunInput filled;
    private final ContextFields contextFields;

    /** @param blank the input with nothing in it @param filled the one with entries in maps */
    FirstInputs(RunInput blank, RunInput filled, ContextFields contextFields) {
        this.blank = blank;
        this.filled = filled;
        this.contextFields = contextFields;
    }

    /** The inputs, ordinary ones first. @param lengths of packets that matter to the program */
    List<RunInput> all(List<Integer> lengths) {
        return contextFields.packet() ? packets(lengths) : contexts();
    }

    private List<RunInput> packets(List<Integer> lengths) {
        List<RunInput> inputs = new ArrayList<>();
        inputs.add(blank.withLength(ORDINARY));
        inputs.add(blank.withPacket(ones(ORDINARY)));
        inputs.add(filled.withLength(ORDINARY));
        inputs.add(blank.withLength(ETHERNET_HEADER));
        lengths.stream()
                .filter(length -> length > ETHERNET_HEADER)
                .forEach(length -> inputs.add(blank.withLength(length)));
        for (int length = ETHERNET_HEADER - 1; length >= 0; length--) {
            inputs.add(blank.withLength(length));
        }
        return inputs;
    }

    private List<RunInput> contexts() {
        return List.of(blank, blank.withContext(ones(blank.context().length())), filled);
    }

    private static Bytes ones(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) -1);
        return Bytes.of(bytes);
    }
}
