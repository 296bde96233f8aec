package dev.skep.object.btf.dump;

import dev.skep.object.InputException;
import dev.skep.object.btf.Btf;

/**
 * How much may be done for one dump. Anonymous types are written out wherever they are used, so that a few hundred bytes of
 * forged BTF could ask for more text than any disk holds. The kernel's own dump takes a twentieth of what is allowed.
 */
final class WorkLimit {
    private static final int MAXIMUM_CHARACTERS = 1 << 26;
    private static final int MAXIMUM_STEPS = 1 << 26;
    private static final int MAXIMUM_DEPTH = 500;

    private final Btf btf;
    private int charactersLeft = MAXIMUM_CHARACTERS;
    private int stepsLeft = MAXIMUM_STEPS;

    WorkLimit(Btf btf) {
        this.btf = btf;
    }

    /** Counts one visit of a type. @throws InputException if types are nested too deep or visited too often */
    void step(int id, int depth) {
        if (depth > MAXIMUM_DEPTH) {
            throw exceeded(id, "is nested more than " + MAXIMUM_DEPTH + " types deep");
        }
        if (--stepsLeft < 0) {
            throw exceeded(id, "is used in too many ways to be written as C");
        }
    }

    /** Counts text that was written. @throws InputException if it has become too much */
    void written(int id, int characters) {
        charactersLeft -= characters;
        if (charactersLeft < 0) {
            throw exceeded(id, "makes the C text longer than " + MAXIMUM_CHARACTERS + " characters");
        }
    }

    private InputException exceeded(int id, String problem) {
        return new InputException(
                btf.where(), "BTF type " + id + " (" + btf.kind(id) + " '" + btf.name(id) + "') " + problem, "");
    }
}
