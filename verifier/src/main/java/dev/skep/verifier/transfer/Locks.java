package dev.skep.verifier.transfer;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.program.SpecialField;
import dev.skep.verifier.state.Held;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import java.util.List;
import java.util.Optional;

/** Spin locks in map values and allocated objects: one at a time, released where it was taken ({@code process_spin_lock}). */
final class Locks {
    private final Environment environment;

    Locks(Environment environment) {
        this.environment = environment;
    }

    void apply(ProgramState state, int register, boolean takes) {
        Pointer pointer = Registers.pointer(state, register);
        if (!pointer.hasConstantOffset()) {
            throw refused(
                    register,
                    "R" + register + " doesn't have constant offset. bpf_spin_lock has to be at the constant offset");
        }
        SpecialField field = lockIn(pointer)
                .orElseThrow(() -> refused(register, nameOf(pointer) + " has no valid bpf_spin_lock"));
        if (pointer.constantOffset() != field.offset()) {
            throw refused(
                    register,
                    "off %d doesn't point to 'struct bpf_spin_lock' that is at %d"
                            .formatted(pointer.constantOffset(), field.offset()));
        }
        if (takes) {
            take(state, pointer, register);
        } else {
            release(state, pointer, register);
        }
    }

    private static Refusal refused(int register, String message) {
        return Refusal.ofRegister(Cause.LOCK, register, message);
    }

    private static String nameOf(Pointer pointer) {
        return pointer.region() instanceof Region.MapValue value ? "map '" + value.map().name() + "'" : "kptr";
    }

    private static Optional<SpecialField> lockIn(Pointer pointer) {
        return pointer.region() instanceof Region.MapValue value
                ? value.map().field(SpecialField.Kind.SPIN_LOCK)
                : Optional.empty();
    }

    private static void take(ProgramState state, Pointer pointer, int register) {
        if (state.holdsLock()) {
            throw refused(register, "Locking two bpf_spin_locks are not allowed");
        }
        state.acquire(new Held(Held.Kind.SPIN_LOCK, pointer.id(), state.slot(), Optional.of(pointer.region())));
    }

    private static void release(ProgramState state, Pointer pointer, int register) {
        List<Held> locks =
                state.held().stream().filter(held -> held.kind().isLock()).toList();
        if (locks.isEmpty()) {
            throw refused(register, "bpf_spin_unlock without taking a lock");
        }
        Held last = locks.getLast();
        boolean same = last.id() == pointer.id() && last.lockIn().equals(Optional.of(pointer.region()));
        if (!same || !state.release(held -> held.equals(last))) {
            throw refused(register, "bpf_spin_unlock of different lock");
        }
    }
}
