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
    private final transient Fault fault;
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

    /** What is at fault: as {@link #register()}, {@link #stackOffset()} and {@link #slot()} tell. */
    private record Fault(int register, int stackOffset, int slot) {
        private static final Fault UNKNOWN = new Fault(NONE, 0, NONE);
    }

    private Refusal(Cause cause, String message, Fault fault, Optional<TooNew> tooNew, Optional<Lacking> lacking) {
        super(message, null, false, false);
        this.tooNew = tooNew;
        this.lacking = lacking;
        this.cause = cause;
        this.fault = fault;
    }

    /** @param message the kernel's own words, as its log has them */
    public Refusal(Cause cause, String message) {
        this(cause, message, Fault.UNKNOWN, Optional.empty(), Optional.empty());
    }

    /** @param register the one at fault */
    public static Refusal ofRegister(Cause cause, int register, String message) {
        return new Refusal(cause, message, new Fault(register, 0, NONE), Optional.empty(), Optional.empty());
    }

    /** @param offset from the frame pointer, negative, of the bytes at fault */
    public static Refusal ofStack(Cause cause, int offset, String message) {
        return new Refusal(cause, message, new Fault(NONE, offset, NONE), Optional.empty(), Optional.empty());
    }

    /** @param register that points to the stack @param offset from the frame pointer of the bytes at fault */
    public static Refusal ofStack(Cause cause, int register, int offset, String message) {
        return new Refusal(cause, message, new Fault(register, offset, NONE), Optional.empty(), Optional.empty());
    }

    /** Of the program as a whole. @param slot of the instruction that has most to do with it */
    public static Refusal at(Cause cause, int slot, String message) {
        return new Refusal(cause, message, new Fault(NONE, 0, slot), Optional.empty(), Optional.empty());
    }

    /** @param message the kernel's own words, "" if it only returns an error */
    public static Refusal tooNew(Requirement requirement, KernelVersion kernel, String message) {
        return new Refusal(
                Cause.TOO_NEW, message, Fault.UNKNOWN, Optional.of(new TooNew(requirement, kernel)), Optional.empty());
    }

    /** @param message the kernel's own words, "" if it only returns EPERM */
    public static Refusal lacking(String what, Set<Capability> missing, String message) {
        return new Refusal(
                Cause.POLICY, message, Fault.UNKNOWN, Optional.empty(), Optional.of(new Lacking(what, missing)));
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

    /** The instruction that has most to do with it where none fails; {@link #NONE} if that is not known. */
    public int slot() {
        return fault.slot();
    }

    /** Number of the register at fault in the current frame, {@link #NONE} if none is. */
    public int register() {
        return fault.register();
    }

    /** Offset from the frame pointer of the stack bytes at fault, 0 if none are. */
    public int stackOffset() {
        return fault.stackOffset();
    }
}
