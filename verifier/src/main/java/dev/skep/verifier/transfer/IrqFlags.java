package dev.skep.verifier.transfer;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.Held;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.state.SlotByte;
import dev.skep.verifier.state.StackObject;
import dev.skep.verifier.state.StackSlot;
import dev.skep.verifier.value.Pointer;
import java.util.List;
import java.util.Optional;

/** Saved interrupt flags on the stack: restored once, the last saved first, by the kind that saved them ({@code process_irq_flag}). */
final class IrqFlags {
    private final Environment environment;
    private final Memory memory;

    IrqFlags(Environment environment, Memory memory) {
        this.environment = environment;
        this.memory = memory;
    }

    void argument(ProgramState state, int index, KernelFunctionCallee callee) {
        int register = index + 1;
        if (!(state.register(register) instanceof Pointer pointer) || !pointer.isStack()) {
            throw refused(register, "arg#" + index + " doesn't point to an irq flag on stack");
        }
        boolean byLock = callee.name().startsWith("bpf_res_spin_");
        if (callee.isNamed("bpf_local_irq_save") || callee.isNamed("bpf_res_spin_lock_irqsave")) {
            save(state, pointer, index, byLock);
        } else {
            restore(state, pointer, index, byLock);
        }
    }

    private static Refusal refused(int register, String message) {
        return Refusal.ofRegister(Cause.CRITICAL_SECTION, register, message);
    }

    private void save(ProgramState state, Pointer pointer, int index, boolean byLock) {
        int slot = StackPlaces.slotOf(Cause.CRITICAL_SECTION, pointer, index + 1, "irq_flag", 1);
        Frame frame = StackPlaces.frameOf(state, pointer);
        if (frame.slot(slot).object().orElse(null) instanceof StackObject.IrqFlag) {
            throw refused(index + 1, "expected uninitialized irq flag as arg#" + index);
        }
        StackPlaces.overwrite(state, memory, index + 1, 1);
        int id = environment.paths().newId();
        state.acquire(new Held(Held.Kind.IRQ, id, state.slot(), Optional.empty()));
        frame.set(slot, StackSlot.holding(SlotByte.IRQ_FLAG, new StackObject.IrqFlag(id, byLock)));
        StackPlaces.markWritten(state, pointer, slot, 1);
    }

    private static void restore(ProgramState state, Pointer pointer, int index, boolean byLock) {
        int slot = StackPlaces.slotOf(Cause.CRITICAL_SECTION, pointer, index + 1, "irq_flag", 1);
        Frame frame = StackPlaces.frameOf(state, pointer);
        if (!(frame.slot(slot).object().orElse(null) instanceof StackObject.IrqFlag flag)) {
            throw refused(index + 1, "expected an initialized irq flag as arg#" + index);
        }
        StackPlaces.markRead(state, pointer, slot, 1);
        if (flag.lock() != byLock) {
            throw refused(
                    index + 1,
                    "irq flag acquired by %s kfuncs cannot be restored with %s kfuncs"
                            .formatted(family(flag.lock()), family(byLock)));
        }
        List<Held> saved = state.held().stream()
                .filter(held -> held.kind() == Held.Kind.IRQ)
                .toList();
        if (saved.isEmpty() || saved.getLast().id() != flag.referenceId()) {
            Held last = saved.isEmpty() ? new Held(Held.Kind.IRQ, 0, 0, Optional.empty()) : saved.getLast();
            throw refused(
                    index + 1,
                    "cannot restore irq state out of order, expected id=%d acquired at insn_idx=%d"
                            .formatted(last.id(), last.slot()));
        }
        state.release(saved.getLast()::equals);
        frame.set(slot, StackSlot.EMPTY);
        StackPlaces.markWritten(state, pointer, slot, 1);
    }

    private static String family(boolean lock) {
        return lock ? "lock" : "native";
    }
}
