package dev.skep.verifier.log;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Step;
import java.util.Optional;
import java.util.OptionalInt;

/** Tells apart what the kernel says in the same words. */
final class MessageCause {
    /** {@code MAX_BPF_STACK}. */
    private static final int STACK_SIZE = 512;

    private MessageCause() {}

    /** The cause of {@code message}. @param last the instruction that failed */
    static Cause of(KernelMessage message, Optional<Step> last) {
        return switch (message.cause()) {
            case MAP_VALUE_BOUNDS -> ofBounds(message, last);
            case STACK_ACCESS -> ofStack(message, last);
            default -> message.cause();
        };
    }

    /** A message about an access may be said of maps and of other memory: the pointer tells which. */
    private static Cause ofBounds(KernelMessage message, Optional<Step> last) {
        OptionalInt register = message.number("register");
        if (register.isEmpty() || last.isEmpty()) {
            return message.cause();
        }
        String pointer = last.get().state().getOrDefault("R" + register.getAsInt(), "");
        if (pointer.startsWith("pkt")) {
            return Cause.PACKET_BOUNDS;
        }
        return pointer.contains("mem(") || pointer.contains("buf(") ? Cause.MEMORY_BOUNDS : message.cause();
    }

    /** Below the 512 bytes there is no stack; of those that there are, some were never written. */
    private static Cause ofStack(KernelMessage message, Optional<Step> last) {
        OptionalInt offset = message.number("offset");
        if (offset.isEmpty()) {
            return message.cause();
        }
        boolean byFramePointer = last.map(step -> step.instruction().contains("(r10 "))
                .orElse(message.number("register").equals(OptionalInt.of(10)));
        if (offset.getAsInt() < -STACK_SIZE && byFramePointer) {
            return Cause.STACK_SIZE;
        }
        int end = offset.getAsInt() + message.number("size").orElse(1);
        boolean inside = offset.getAsInt() >= -STACK_SIZE && end <= 0;
        return inside && message.text().startsWith("invalid read from stack R")
                ? Cause.UNINITIALIZED_STACK
                : message.cause();
    }
}
