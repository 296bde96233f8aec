package dev.skep.verifier.explain;

import dev.skep.verifier.Culprit;
import java.util.Optional;

/** Where a value lives: what is followed back through a path. */
public sealed interface Home {
    int frame();

    /** The name in a step's state. */
    String name();

    record Register(int frame, int number) implements Home {
        @Override
        public String name() {
            return "R" + number;
        }
    }

    /** @param offset from the frame pointer, of the value's first byte */
    record Stack(int frame, int offset) implements Home {
        @Override
        public String name() {
            return "fp" + Math.floorDiv(offset, 8) * 8;
        }
    }

    /** Where the value at fault lives, if it is a value. */
    static Optional<Home> of(Culprit culprit) {
        return switch (culprit) {
            case Culprit.Register(int frame, int number) -> Optional.of(new Register(frame, number));
            case Culprit.Argument(int frame, String _, int number) -> Optional.of(new Register(frame, number));
            case Culprit.StackSlot(int frame, int offset, int _) -> Optional.of(new Stack(frame, offset));
            default -> Optional.empty();
        };
    }
}
