package dev.skep.trace.code;

import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.type.CType;
import dev.skep.compiler.unit.GlobalSection;
import dev.skep.object.Bytes;
import java.util.ArrayList;
import java.util.List;

/** The globals of a script's programs: the gate, what was lost, and zeros to copy from. */
final class Globals {
    /** The name of the gate. */
    static final String GATE = "gate";

    /** The name of the time, in nanoseconds since the boot, when tracing began. */
    static final String START = "start";

    /** The name of the counters of lost events, one for each program. */
    static final String LOSSES = "losses";

    private static final String VARIABLES = ".bss";
    private static final String CONSTANTS = ".rodata";
    private static final int START_OFFSET = 8;
    private static final int LOSSES_OFFSET = 16;

    private final int programs;
    private int zeros;

    /** @param programs how many there are */
    Globals(int programs) {
        this.programs = programs;
    }

    Value gate(Emit emit) {
        return emit.add(new Operation.GlobalAddress(VARIABLES, 0));
    }

    /** Where the time is when tracing began. */
    Value start(Emit emit) {
        return emit.add(new Operation.GlobalAddress(VARIABLES, START_OFFSET));
    }

    /** Where the events are counted that a program could not send. */
    Value losses(Emit emit, int program) {
        return emit.add(new Operation.GlobalAddress(VARIABLES, LOSSES_OFFSET + 8 * program));
    }

    /** The address of as many zeros. */
    Value zeros(Emit emit, int bytes) {
        zeros = Math.max(zeros, (bytes + 7) & -8);
        return emit.add(new Operation.GlobalAddress(CONSTANTS, 0));
    }

    List<GlobalSection> sections() {
        CType word = new CType.Scalar("unsigned int", 4, CType.Scalar.Encoding.UNSIGNED);
        CType counters = new CType.Array(Programs.U64, Math.max(1, programs));
        List<GlobalSection> sections = new ArrayList<>();
        sections.add(new GlobalSection(
                VARIABLES,
                List.of(
                        new GlobalSection.Variable(GATE, "", word, 0),
                        new GlobalSection.Variable(START, "", Programs.U64, START_OFFSET),
                        new GlobalSection.Variable(LOSSES, "", counters, LOSSES_OFFSET)),
                Bytes.EMPTY));
        if (zeros > 0) {
            CType bytes = new CType.Array(Programs.U64, zeros / 8);
            sections.add(new GlobalSection(
                    CONSTANTS, List.of(new GlobalSection.Variable("zeros", "", bytes, 0)), Bytes.of(new byte[zeros])));
        }
        return sections;
    }
}
