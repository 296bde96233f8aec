package dev.skep.verifier.transfer;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.TypeName;
import dev.skep.verifier.value.Value;
import java.util.Optional;

/** Atomic instructions: a load and a store in one ({@code check_atomic}). */
final class Atomics {
    private final Environment environment;
    private final Memory memory;

    Atomics(Environment environment, Memory memory) {
        this.environment = environment;
        this.memory = memory;
    }

    void apply(ProgramState state, Instruction instruction) {
        switch (instruction.imm()) {
            case Opcode.BPF_LOAD_ACQ -> loadAcquire(state, instruction);
            case Opcode.BPF_STORE_REL -> storeRelease(state, instruction);
            default -> modify(state, instruction);
        }
    }

    private void loadAcquire(ProgramState state, Instruction instruction) {
        Registers.read(state, instruction.srcReg());
        Registers.checkWritable(instruction.dstReg());
        checkPlace(state, instruction.srcReg(), "loads from");
        Access access = Access.load(
                instruction.srcReg(), instruction.offset(), Memory.size(instruction), instruction.dstReg(), false);
        state.set(instruction.dstReg(), memory.access(state, access, true));
    }

    private void storeRelease(ProgramState state, Instruction instruction) {
        Registers.read(state, instruction.srcReg());
        Registers.read(state, instruction.dstReg());
        checkPlace(state, instruction.dstReg(), "stores into");
        memory.access(
                state,
                Access.store(
                        instruction.dstReg(), instruction.offset(), Memory.size(instruction), instruction.srcReg()),
                true);
    }

    private void modify(ProgramState state, Instruction instruction) {
        int size = Memory.size(instruction);
        Value operand = Registers.read(state, instruction.srcReg());
        Registers.read(state, instruction.dstReg());
        boolean exchanges = instruction.imm() == Opcode.BPF_CMPXCHG;
        if (exchanges) {
            checkCompared(state);
        }
        if (operand instanceof Pointer && environment.hidesAddresses()) {
            throw Refusal.ofRegister(
                    Cause.POINTER_LEAK, instruction.srcReg(), "R" + instruction.srcReg() + " leaks addr into mem");
        }
        checkPlace(state, instruction.dstReg(), "stores into");
        boolean fetches = exchanges || (instruction.imm() & Opcode.BPF_FETCH) != 0;
        int result = exchanges ? 0 : instruction.srcReg();
        if (fetches) {
            Registers.checkWritable(result);
        }
        Access load = new Access(
                instruction.dstReg(), instruction.offset(), size, Access.Kind.ATOMIC_LOAD, Access.NONE, 0, false);
        memory.access(state, load, true);
        Value fetched = fetches
                ? memory.access(
                        state, Access.load(instruction.dstReg(), instruction.offset(), size, result, false), true)
                : operand;
        memory.access(
                state,
                new Access(
                        instruction.dstReg(),
                        instruction.offset(),
                        size,
                        Access.Kind.ATOMIC_STORE,
                        Access.NONE,
                        0,
                        false),
                true);
        if (fetches) {
            state.set(result, fetched);
        }
    }

    private void checkCompared(ProgramState state) {
        if (Registers.read(state, 0) instanceof Pointer && environment.hidesAddresses()) {
            throw Refusal.ofRegister(Cause.POINTER_LEAK, 0, "R0 leaks addr into mem");
        }
    }

    /** Some memory is not what it seems: the kernel rewrites accesses to it, which it cannot for atomic ones. */
    private static void checkPlace(ProgramState state, int register, String verb) {
        Pointer pointer = Registers.pointer(state, register);
        Optional<Cause> cause = switch (pointer.region()) {
            case Region.Context context -> Optional.of(Cause.CONTEXT_ACCESS);
            case Region.Packet packet -> Optional.of(Cause.POLICY);
            case Region.FlowKeys keys -> Optional.of(Cause.KERNEL_OBJECT_ACCESS);
            case Region.Socket socket -> Optional.of(Cause.KERNEL_OBJECT_ACCESS);
            default -> Optional.empty();
        };
        if (cause.isPresent()) {
            throw Refusal.ofRegister(
                    cause.get(),
                    register,
                    "BPF_ATOMIC " + verb + " R" + register + " " + TypeName.of(pointer) + " is not allowed");
        }
    }
}
