package dev.skep.verifier.repair;

import dev.skep.object.image.ProgramImage;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.ProgramSpec;
import dev.skep.verifier.Place;
import java.util.List;
import java.util.OptionalInt;

/** A changed program and where its instructions come from. */
final class EditedImage {
    private final ProgramImage image;
    private final int[] origins;
    private final List<Change> changes;

    /**
     * A change.
     *
     * @param slot in the program before the change
     * @param replaces true if the instructions stand for the one at {@code slot}, false if they come before it
     */
    record Change(int slot, List<Instruction> instructions, boolean replaces) {
        Change {
            instructions = List.copyOf(instructions);
        }
    }

    /** @param origins by slot of {@code image}, the slot in the program before the change, -1 for what is new */
    EditedImage(ProgramImage image, int[] origins, List<Change> changes) {
        this.image = image;
        this.origins = origins.clone();
        this.changes = List.copyOf(changes);
    }

    /** What was changed, in the order of the program. */
    List<Change> changes() {
        return changes;
    }

    /** The same code as a program specified otherwise. */
    EditedImage withSpec(ProgramSpec spec) {
        ProgramImage changed =
                new ProgramImage(spec, image.instructions(), image.references(), image.functions(), image.lines());
        return new EditedImage(changed, origins, changes);
    }

    /** With another text for the line at {@code place}. */
    EditedImage withText(Place place, String text) {
        List<FunctionSpec.Line> lines = image.lines().stream()
                .map(line -> line.line() == place.line() && line.file().equals(place.file())
                        ? new FunctionSpec.Line(line.slot(), line.file(), line.line(), line.column(), text)
                        : line)
                .toList();
        return new EditedImage(
                new ProgramImage(image.spec(), image.instructions(), image.references(), image.functions(), lines),
                origins,
                changes);
    }

    ProgramImage image() {
        return image;
    }

    /** The slot that the instruction at {@code slot} had before the change; empty if it is new. */
    OptionalInt origin(int slot) {
        return slot >= 0 && slot < origins.length && origins[slot] >= 0
                ? OptionalInt.of(origins[slot])
                : OptionalInt.empty();
    }
}
