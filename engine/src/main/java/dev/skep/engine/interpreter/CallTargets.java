package dev.skep.engine.interpreter;

import dev.skep.engine.helper.Helper;
import dev.skep.object.instruction.Instruction;
import java.util.Optional;

/** What a program's calls of helpers and kernel functions go to. */
public interface CallTargets {
    /**
     * What the call at {@code slot} goes to.
     *
     * @param call a {@code call} of a helper or of a kernel function
     * @throws dev.skep.object.InputException if there is no such helper or function
     */
    Helper target(int slot, Instruction call);

    /** The helper with a number that is known only at run time ({@code callx}). */
    Optional<Helper> helper(int number);
}
