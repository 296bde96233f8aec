package dev.skep.verifier.log;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Culprit;
import java.util.OptionalInt;

/** Tells from a message of the kernel's what is at fault. */
public final class Culprits {
    private static final int REGISTERS = 11;

    private Culprits() {}

    /**
     * What the message names.
     *
     * @param frame the one the failing instruction runs in
     * @param instruction that failed, as the log writes it; "" if none did
     */
    public static Culprit of(KernelMessage message, int frame, String instruction) {
        OptionalInt offset = message.number("offset");
        if (message.cause() == Cause.CONTEXT_ACCESS && offset.isPresent()) {
            boolean write = instruction.matches(".*\\) = .*|.*lock .*");
            return new Culprit.ContextField(
                    offset.getAsInt(), message.number("size").orElse(0), write);
        }
        if (message.cause() == Cause.UNINITIALIZED_STACK && offset.isPresent()) {
            return new Culprit.StackSlot(
                    frame, offset.getAsInt(), message.number("size").orElse(8));
        }
        if (message.number("acquired").isPresent()) {
            return new Culprit.Acquired(
                    "a reference", message.number("acquired").getAsInt());
        }
        if (message.cause() == Cause.UNBOUNDED_LOOP
                && message.number("instruction").isPresent()) {
            return new Culprit.Loop(message.number("instruction").getAsInt());
        }
        OptionalInt register = register(message);
        if (register.isPresent() && register.getAsInt() >= 0 && register.getAsInt() < REGISTERS) {
            return new Culprit.Register(frame, register.getAsInt());
        }
        String callee = message.parts().getOrDefault("callee", "");
        return callee.isEmpty() ? new Culprit.Code() : new Culprit.Callee(callee.replaceFirst("#-?\\d+$", ""));
    }

    /** Messages count arguments from 0 where they write {@code arg#0}, from 1 elsewhere. */
    private static OptionalInt register(KernelMessage message) {
        if (message.number("register").isPresent()) {
            return message.number("register");
        }
        OptionalInt index = message.number("index");
        return index.isPresent() ? OptionalInt.of(index.getAsInt() + 1) : message.number("argument");
    }
}
