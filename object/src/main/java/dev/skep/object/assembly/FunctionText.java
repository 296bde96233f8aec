package dev.skep.object.assembly;

import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.SectionTable;
import java.util.Optional;

/**
 * A function being read.
 *
 * @param program what its section says, if it is a program's entry
 * @param firstSlot its place in its section
 */
record FunctionText(
        Token name,
        SourceLine line,
        String section,
        FunctionSpec.Linkage linkage,
        Optional<SectionTable.Meaning> program,
        int firstSlot,
        CodeBuilder code) {

    /** The slot after its last, in its section. */
    int endSlot() {
        return firstSlot + code.slots();
    }
}
