package dev.skep.trace.code;

import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.type.CType;
import dev.skep.compiler.unit.GlobalSection;
import dev.skep.object.Bytes;
import dev.skep.trace.plan.Failure;
import dev.skep.trace.plan.RecordLayout;
import dev.skep.trace.plan.TracePlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The globals of a script's programs: the gate, what was lost and what went wrong, zeros to copy from, and names of probes. */
final class Globals {
    /** The name of the gate. */
    static final String GATE = "gate";

    /** The name of the time, in nanoseconds since the boot, when tracing began. */
    static final String START = "start";

    /** The name of the counters of lost events, one for each program. */
    static final String LOSSES = "losses";

    /** The name of what says whether the script has asked for its end. */
    static final String EXIT = "exit";

    /** The name of the counters of what goes wrong. */
    static final String FAILED = "failed";

    private static final String VARIABLES = ".bss";
    private static final String CONSTANTS = ".rodata";
    private static final int TRACER_OFFSET = 4;
    private static final int START_OFFSET = 8;
    private static final int EXIT_OFFSET = 16;
    private static final int LOSSES_OFFSET = 24;

    private final int programs;
    private final boolean recorded;
    private final Map<List<String>, Names> names = new LinkedHashMap<>();
    private int zeros;
    private int failures;

    /** @param programs how many there are @param recorded whether they record what they see */
    Globals(int programs, boolean recorded) {
        this.programs = programs;
        this.recorded = recorded;
    }

    Value gate(Emit emit) {
        return emit.add(new Operation.GlobalAddress(VARIABLES, 0));
    }

    /** Where the tracer's process ID is. */
    Value tracer(Emit emit) {
        return emit.add(new Operation.GlobalAddress(VARIABLES, TRACER_OFFSET));
    }

    /** Where the time is when tracing began. */
    Value start(Emit emit) {
        return emit.add(new Operation.GlobalAddress(VARIABLES, START_OFFSET));
    }

    /** Where the events are counted that a program could not send. */
    Value losses(Emit emit, int program) {
        return emit.add(new Operation.GlobalAddress(VARIABLES, LOSSES_OFFSET + 8 * program));
    }

    /** Where the events are counted that are recorded. */
    Value sequence(Emit emit) {
        return emit.add(new Operation.GlobalAddress(VARIABLES, sequenceOffset()));
    }

    /** Where the records are counted that found no room. */
    Value unrecorded(Emit emit) {
        return emit.add(new Operation.GlobalAddress(VARIABLES, sequenceOffset() + 8));
    }

    /** Where it is said that the script has asked for its end. */
    Value exit(Emit emit) {
        return emit.add(new Operation.GlobalAddress(VARIABLES, EXIT_OFFSET));
    }

    /** Where something is counted that goes wrong. @param number how many other such things there are before it */
    Value failure(Emit emit, int number) {
        failures = Math.max(failures, number + 1);
        return emit.add(new Operation.GlobalAddress(VARIABLES, failedOffset() + Failure.BYTES * number));
    }

    private int sequenceOffset() {
        return LOSSES_OFFSET + 8 * Math.max(1, programs);
    }

    /** The last, as their number is known last. */
    private int failedOffset() {
        return sequenceOffset() + (recorded ? 16 : 0);
    }

    /** The address of as many zeros. */
    Value zeros(Emit emit, int bytes) {
        zeros = Math.max(zeros, (bytes + 7) & -8);
        return emit.add(new Operation.GlobalAddress(CONSTANTS, 0));
    }

    /** Texts one after the other. @param size the bytes from one to the next */
    private record Names(String section, List<String> texts, int size) {
        GlobalSection section(int number) {
            byte[] bytes = new byte[(texts.size() * size + 7) & -8];
            for (int i = 0; i < texts.size(); i++) {
                byte[] text = texts.get(i).getBytes(StandardCharsets.UTF_8);
                System.arraycopy(text, 0, bytes, i * size, Math.min(text.length, size - 1));
            }
            CType type = new CType.Array(Programs.U64, bytes.length / 8);
            return new GlobalSection(
                    section, List.of(new GlobalSection.Variable("names_" + number, "", type, 0)), Bytes.of(bytes));
        }
    }

    /** The address of texts one after the other, {@code size} bytes each, with a zero at the end. */
    Value names(Emit emit, List<String> texts, int size) {
        Names table =
                names.computeIfAbsent(texts, all -> new Names(CONSTANTS + ".names" + (names.size() + 1), all, size));
        return emit.add(new Operation.GlobalAddress(table.section(), 0));
    }

    List<GlobalSection> sections() {
        CType word = new CType.Scalar("unsigned int", 4, CType.Scalar.Encoding.UNSIGNED);
        CType counters = new CType.Array(Programs.U64, Math.max(1, programs));
        List<GlobalSection> sections = new ArrayList<>();
        List<GlobalSection.Variable> variables = new ArrayList<>(List.of(
                new GlobalSection.Variable(GATE, "", word, 0),
                new GlobalSection.Variable(TracePlan.TRACER_GLOBAL, "", word, TRACER_OFFSET),
                new GlobalSection.Variable(START, "", Programs.U64, START_OFFSET),
                new GlobalSection.Variable(EXIT, "", Programs.U64, EXIT_OFFSET),
                new GlobalSection.Variable(LOSSES, "", counters, LOSSES_OFFSET)));
        if (recorded) {
            variables.add(new GlobalSection.Variable(RecordLayout.SEQUENCE_GLOBAL, "", Programs.U64, sequenceOffset()));
            variables.add(
                    new GlobalSection.Variable(RecordLayout.UNRECORDED_GLOBAL, "", Programs.U64, sequenceOffset() + 8));
        }
        if (failures > 0) {
            CType counts = new CType.Array(Programs.U64, failures * Failure.BYTES / 8);
            variables.add(new GlobalSection.Variable(FAILED, "", counts, failedOffset()));
        }
        sections.add(new GlobalSection(VARIABLES, variables, Bytes.EMPTY));
        if (zeros > 0) {
            CType bytes = new CType.Array(Programs.U64, zeros / 8);
            sections.add(new GlobalSection(
                    CONSTANTS, List.of(new GlobalSection.Variable("zeros", "", bytes, 0)), Bytes.of(new byte[zeros])));
        }
        names.values().forEach(table -> sections.add(table.section(sections.size())));
        return sections;
    }
}
