package dev.skep.verifier.transfer;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.program.SpecialField;
import dev.skep.verifier.state.Held;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Trust;
import java.util.List;
import java.util.Optional;

/** Spin locks in map values and allocated objects ({@code process_spin_lock}). */
final class Locks {
    private final Environment environment;

    Locks(Environment environment) {
        this.environment = environment;
    }

    /**
     * Takes or gives back the lock that a register points to.
     *
     * @param kind one of the three kinds of locks
     */
    void apply(ProgramState state, int register, Held.Kind kind, boolean takes) {
        Pointer pointer = Registers.pointer(state, register);
        boolean resilient = kind != Held.Kind.SPIN_LOCK;
        String name = resilient ? "bpf_res_spin" : "bpf_spin";
        if (!pointer.hasConstantOffset()) {
            throw refused(
                    register,
                    "R%d doesn't have constant offset. %s_lock has to be at the constant offset"
                            .formatted(register, name));
        }
        SpecialField field = fieldsOf(pointer).stream()
                .filter(each ->
                        each.kind() == (resilient ? SpecialField.Kind.RES_SPIN_LOCK : SpecialField.Kind.SPIN_LOCK))
                .findFirst()
                .orElseThrow(() -> refused(register, nameOf(pointer) + " has no valid " + name + "_lock"));
        if (pointer.constantOffset() != field.offset()) {
            throw refused(
                    register,
                    "off %d doesn't point to 'struct %s_lock' that is at %d"
                            .formatted(pointer.constantOffset(), name, field.offset()));
        }
        Held lock = new Held(kind, pointer.id(), state.slot(), Optional.of(holder(pointer)));
        if (takes) {
            take(state, lock, register);
        } else {
            release(state, lock, register, name);
        }
    }

    private static Refusal refused(int register, String message) {
        return Refusal.ofRegister(Cause.LOCK, register, message);
    }

    private static String nameOf(Pointer pointer) {
        return pointer.region() instanceof Region.MapValue value
                ? "map '" + value.map().name() + "'"
                : "local 'kptr'";
    }

    private List<SpecialField> fieldsOf(Pointer pointer) {
        return GraphArguments.fieldsOf(environment, pointer);
    }

    /** What tells locks apart, together with the pointer's id. */
    private static Region holder(Pointer pointer) {
        return switch (pointer.region()) {
            case Region.MapValue value -> new Region.MapValue(value.map(), 0);
            case Region.KernelObject object -> Region.KernelObject.of(object.type(), Trust.WALKED);
            default -> pointer.region();
        };
    }

    private static boolean same(Held held, Held lock) {
        return held.id() == lock.id() && held.lockIn().equals(lock.lockIn());
    }

    private static void take(ProgramState state, Held lock, int register) {
        boolean resilient = lock.kind() != Held.Kind.SPIN_LOCK;
        for (Held held : state.held()) {
            if (!resilient && held.kind() == Held.Kind.SPIN_LOCK) {
                throw refused(register, "Locking two bpf_spin_locks are not allowed");
            }
            boolean again = held.kind() == Held.Kind.RES_SPIN_LOCK || held.kind() == Held.Kind.RES_SPIN_LOCK_IRQ;
            if (resilient && again && same(held, lock)) {
                throw refused(register, "Acquiring the same lock again, AA deadlock detected");
            }
        }
        state.acquire(lock);
    }

    private void release(ProgramState state, Held lock, int register, String name) {
        List<Held> locks =
                state.held().stream().filter(held -> held.kind().isLock()).toList();
        if (locks.isEmpty()) {
            throw refused(register, name + "_unlock without taking a lock");
        }
        if (locks.stream().noneMatch(held -> held.kind() == lock.kind() && same(held, lock))) {
            throw refused(register, name + "_unlock of different lock");
        }
        Held last = locks.getLast();
        if (!same(last, lock)) {
            throw refused(register, name + "_unlock cannot be out of order");
        }
        state.release(last::equals);
        state.replaceValues(value -> PointerTrust.isNonOwning(value) ? environment.forgotten() : value);
    }

    /** The lock in the same map value or object as {@code pointer} is held. @return empty, or what is wrong */
    static Optional<String> whyNotProtected(ProgramState state, Pointer pointer) {
        if (!state.holdsLock()) {
            return Optional.of("");
        }
        Region holder = holder(pointer);
        boolean held = state.held().stream()
                .anyMatch(each -> each.kind().isLock()
                        && each.id() == pointer.id()
                        && each.lockIn().equals(Optional.of(holder)));
        return held ? Optional.empty() : Optional.of("held lock and object are not in the same allocation\n");
    }
}
