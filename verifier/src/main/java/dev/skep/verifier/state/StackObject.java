package dev.skep.verifier.state;

import dev.skep.verifier.value.DynptrKind;
import dev.skep.verifier.value.KernelType;
import dev.skep.verifier.value.Trust;

/** An object of the kernel's that lies on the program's stack over one or more slots. Equal ones are the same to pruning. */
public sealed interface StackObject {
    /** The acquired reference it stands for, 0 if none. */
    int referenceId();

    /** A dynptr, over two slots. @param id its slices carry it @param first true in the slot with the lower address */
    record Dynptr(DynptrKind kind, int id, int referenceId, boolean readOnly, boolean first) implements StackObject {}

    /**
     * An open-coded iterator.
     *
     * @param type the struct, for example {@code bpf_iter_num}
     * @param drained {@code next} has returned null
     * @param depth how often {@code next} has returned an element on this path
     * @param slots how many stack slots it takes
     * @param first true in the slot with the lowest address
     * @param trust RCU if it may be used inside the RCU section only in which it was made, UNTRUSTED if that has ended, else TRUSTED
     */
    record Iterator(KernelType type, int referenceId, boolean drained, int depth, int slots, boolean first, Trust trust)
            implements StackObject {
        public Iterator drain() {
            return new Iterator(type, referenceId, true, depth, slots, first, trust);
        }

        public Iterator advance() {
            return new Iterator(type, referenceId, false, depth + 1, slots, first, trust);
        }

        /** The RCU section it relied on has ended. */
        public Iterator expire() {
            return new Iterator(type, referenceId, drained, depth, slots, first, Trust.UNTRUSTED);
        }

        public Iterator part(boolean isFirst) {
            return new Iterator(type, referenceId, drained, depth, slots, isFirst, trust);
        }
    }

    /** Saved interrupt flags. @param lock saved by taking a resilient lock rather than by {@code bpf_local_irq_save} */
    record IrqFlag(int referenceId, boolean lock) implements StackObject {}
}
