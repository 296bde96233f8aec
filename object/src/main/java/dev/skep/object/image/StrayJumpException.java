package dev.skep.object.image;

import dev.skep.object.InputException;
import dev.skep.object.Location;

/** A jump leaves its function, or lands inside a two-slot instruction: the function cannot be put into a program. */
public final class StrayJumpException extends InputException {
    private static final long serialVersionUID = 1;

    /**
     * @param where the jump
     * @param target the slot it goes to, counted from the function's start
     */
    StrayJumpException(Location where, long target) {
        super(
                where,
                "a jump goes to slot " + target + ", where no instruction of the function starts",
                "a jump must stay inside its function");
    }
}
