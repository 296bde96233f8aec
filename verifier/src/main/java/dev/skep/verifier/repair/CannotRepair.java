package dev.skep.verifier.repair;

/** A repair does not fit the program it is tried on: no stack is left, or the instruction is another. Another may. */
final class CannotRepair extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotRepair() {
        super("the repair does not fit this program", null, false, false);
    }
}
