package dev.skep.object.assembly;

import dev.skep.object.instruction.Instruction;
import java.util.Optional;

/**
 * An instruction as written, perhaps with a name to be resolved.
 *
 * @param instruction complete but for the field the target goes into, which is 0
 */
record ParsedInstruction(Instruction instruction, Optional<Target> target) {

    static ParsedInstruction of(Instruction instruction) {
        return new ParsedInstruction(instruction, Optional.empty());
    }

    static ParsedInstruction to(Target target, Instruction instruction) {
        return new ParsedInstruction(instruction, Optional.of(target));
    }

    /** A name that stands for a place. */
    sealed interface Target {
        /** The name, where it is written. */
        Token name();

        /** A label to jump to: its distance goes into the offset, or for {@code gotol} into the immediate. */
        record Jump(Token name) implements Target {}

        /** A function to call. */
        record Call(Token name) implements Target {}

        /** A map, or the address of a function. @param valueOffset present if an address in the map's value is meant */
        record Address(Token name, Optional<Integer> valueOffset) implements Target {}
    }
}
