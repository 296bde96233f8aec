package dev.skep.verifier.kernel;

import dev.skep.object.program.ProgramType;
import java.util.Optional;

/** Which structure each type of program is given. */
final class ContextTable {
    private ContextTable() {}

    static Optional<ContextLayout> layout(ProgramType type) {
        return type == ProgramType.XDP ? Optional.of(XdpContext.LAYOUT) : Optional.empty();
    }
}
