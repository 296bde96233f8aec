package dev.skep.verifier;

import dev.skep.object.KernelVersion;
import dev.skep.verifier.kernel.Capability;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
    private final transient Optional<TooNew> tooNew;
    private final transient Optional<Lacking> lacking;

    /** What {@link Cause#TOO_NEW} is about. @param requirement what the program uses @param kernel the one that does not have it */
    public record TooNew(Requirement requirement, KernelVersion kernel) {}

    /** What the loader may not do. @param what as the subject of a sentence @param capabilities those it takes and are not there */
    public record Lacking(String what, Set<Capability> capabilities) {
        public Lacking {
            capabilities = Set.copyOf(capabilities);
        }

        /** {@code CAP_BPF and CAP_NET_ADMIN}. */
        public String names() {
            return capabilities.stream().sorted().map(Capability::systemName).collect(Collectors.joining(" and "));
        }
    }

    private Refusal(
            Cause cause,
            String message,
            int register,
            int stackOffset,
            Optional<TooNew> tooNew,
            Optional<Lacking> lacking) {
        super(message, null, false, false);
        this.tooNew = tooNew;
        this.lacking = lacking;
        this.cause = cause;
        this.register = register;
        this.stackOffset = stackOffset;
    }

    /** @param message the kernel's own words, as its log has them */
    public Refusal(Cause cause, String message) {
        this(cause, message, NONE, 0, Optional.empty(), Optional.empty());
    }

    /** @param register the one at fault */
    public static Refusal ofRegister(Cause cause, int register, String message) {
        return new Refusal(cause, message, register, 0, Optional.empty(), Optional.empty());
    }

    /** @param offset from the frame pointer, negative, of the bytes at fault */
    public static Refusal ofStack(Cause cause, int offset, String message) {
        return new Refusal(cause, message, NONE, offset, Optional.empty(), Optional.empty());
    }

    /** @param register that points to the stack @param offset from the frame pointer of the bytes at fault */
    public static Refusal ofStack(Cause cause, int register, int offset, String message) {
        return new Refusal(cause, message, register, offset, Optional.empty(), Optional.empty());
    }

    /** @param message the kernel's own words, "" if it only returns an error */
    public static Refusal tooNew(Requirement requirement, KernelVersion kernel, String message) {
        return new Refusal(
                Cause.TOO_NEW, message, NONE, 0, Optional.of(new TooNew(requirement, kernel)), Optional.empty());
    }

    /** @param message the kernel's own words, "" if it only returns EPERM */
    public static Refusal lacking(String what, Set<Capability> missing, String message) {
        return new Refusal(
                Cause.POLICY, message, NONE, 0, Optional.empty(), Optional.of(new Lacking(what, missing)));
    }

    public Cause cause() {
        return cause;
    }

    /** The kernel's own words. */
    public String message() {
        return String.valueOf(getMessage());
    }

    /** What is too new, if that is known to be why. */
    public Optional<TooNew> tooNew() {
        return tooNew;
    }

    /** What the loader may not do, if that is known to be why. */
    public Optional<Lacking> lacking() {
        return lacking;
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
