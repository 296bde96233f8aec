package dev.skep.verifier.transfer;

import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Trust;
import dev.skep.verifier.value.Value;

/** How far what a kernel function is given can be relied on ({@code is_trusted_reg}, {@code is_rcu_reg}). */
final class PointerTrust {
    private PointerTrust() {}

    /** Known to be alive as long as the program runs, or until it gives its reference back. */
    static boolean isTrusted(Value value) {
        return value instanceof Pointer pointer
                && (TrustRules.isTrusted(pointer)
                        || (pointer.region() instanceof Region.MapObject && !pointer.maybeNull()));
    }

    /** Alive until the RCU section ends. */
    static boolean isRcu(Value value) {
        return value instanceof Pointer pointer
                && pointer.region() instanceof Region.KernelObject object
                && object.trust() == Trust.RCU;
    }

    /** Stands for a type of the kernel's: an object, or one of the pointers the verifier has names of its own for. */
    static boolean isTyped(Value value) {
        return value instanceof Pointer pointer
                && switch (pointer.region()) {
                    case Region.KernelObject object -> true;
                    case Region.MapObject map -> true;
                    case Region.Socket socket ->
                        PointerTypes.structOf(socket.kind()).isPresent();
                    default -> false;
                };
    }

    /** An object the program has allocated and owns: nothing else about the pointer. */
    static boolean isPlainAllocated(Value value, boolean perCpu) {
        return value instanceof Pointer pointer
                && !pointer.maybeNull()
                && pointer.region() instanceof Region.KernelObject object
                && object.allocated()
                && !object.nonOwning()
                && object.perCpu() == perCpu
                && object.trust() == Trust.WALKED;
    }

    /** An object in a list or tree, which the program does not own. */
    static boolean isNonOwning(Value value) {
        return value instanceof Pointer pointer
                && pointer.region() instanceof Region.KernelObject object
                && object.allocated()
                && object.nonOwning();
    }
}
