package dev.skep.verifier.state;

import dev.skep.verifier.value.Region;
import java.util.Optional;

/**
 * Something the program has acquired and must give back.
 *
 * @param kind what it is
 * @param id as in {@code Pointer.referenceId}, {@code StackObject.referenceId}; for locks the id of the pointer to what holds the lock
 * @param slot the instruction that acquired it
 * @param lockIn for locks the map value or object that holds the lock
 */
public record Held(Kind kind, int id, int slot, Optional<Region> lockIn) {

    /** {@code enum ref_state_type}. */
    public enum Kind {
        REFERENCE,
        SPIN_LOCK,
        RES_SPIN_LOCK,
        RES_SPIN_LOCK_IRQ,
        IRQ;

        public boolean isLock() {
            return this != REFERENCE && this != IRQ;
        }
    }

    public static Held reference(int id, int slot) {
        return new Held(Kind.REFERENCE, id, slot, Optional.empty());
    }
}
