package dev.skep.verifier;

/**
 * A rule refuses the program: what a path's exploration ends with. Never leaves the module; {@code explain} makes a
 * {@link Rejection} of it.
 *
 * <p>Thrown in the middle of an instruction, so a plain exception is the natural way out; it carries no stack trace, as a fuzzer
 * makes millions.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Stands for "no register is at fault". */
    public static final int NONE = -1;

    private final Cause cause;
    private final int register;
    private final int stackOffset;

    private Refusal(Cause cause, String message, int register, int stackOffset) {
        super(message, null, false, false);
        this.cause = cause;
        this.register = register;
        this.stackOffset = stackOffset;
    }

    /** @param message the kernel's own words, as its log has them */
    public Refusal(Cause cause, String message) {
        this(cause, message, NONE, 0);
    }

    /** @param register the one at fault */
    public static Refusal ofRegister(Cause cause, int register, String message) {
        return new Refusal(cause, message, register, 0);
    }

    /** @param offset from the frame pointer, negative, of the bytes at fault */
    public static Refusal ofStack(Cause cause, int offset, String message) {
        return new Refusal(cause, message, NONE, offset);
    }

    /** @param register that points to the stack @param offset from the frame pointer of the bytes at fault */
    public static Refusal ofStack(Cause cause, int register, int offset, String message) {
        return new Refusal(cause, message, register, offset);
    }

    public Cause cause() {
        return cause;
    }

    /** The kernel's own words. */
    public String message() {
        return String.valueOf(getMessage());
    }

    /** Number of the register at fault in the current frame, {@link #NONE} if none is. */
    public int register() {
        return register;
    }

    /** Offset from the frame pointer of the stack bytes at fault, 0 if none are. */
    public int stackOffset() {
        return stackOffset;
    }
}
