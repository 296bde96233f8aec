package dev.skep.verifier.transfer;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.KernelFeature;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.program.ControlFlow;
import dev.skep.verifier.scalar.Comparison;
import dev.skep.verifier.scalar.Decision;
import dev.skep.verifier.scalar.RangeComparison;
import dev.skep.verifier.scalar.Refined;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Value;

/** Conditional jumps: what each way teaches, and which ways can be taken at all ({@code check_cond_jmp_op}). */
final class Branches {
    private final Environment environment;

    Branches(Environment environment) {
        this.environment = environment;
    }

    /** Moves {@code state} on along one way; the other is put aside if both can be taken. */
    void jump(ProgramState state, Instruction instruction) {
        int slot = state.slot();
        int target = ControlFlow.jumpTarget(instruction, slot);
        boolean ofRegisters = (instruction.opcode() & Opcode.BPF_X) != 0;
        boolean wide = instruction.instructionClass() == Opcode.BPF_JMP;
        Value right = ofRegisters ? Registers.read(state, instruction.srcReg()) : Scalar.constant(instruction.imm());
        Value left = Registers.read(state, instruction.dstReg());
        Comparison comparison = comparison(instruction);
        if (ofRegisters && right instanceof Pointer && environment.hidesAddresses()) {
            checkSecret(instruction.srcReg(), left, right);
        }
        switch (decide(comparison, left, right, wide)) {
            case ALWAYS -> {
                markCompared(state, instruction, left, right);
                speculate(state, instruction, slot + 1);
                state.jumpTo(target);
            }
            case NEVER -> {
                markCompared(state, instruction, left, right);
                speculate(state, instruction, target);
                state.jumpTo(slot + 1);
            }
            case UNKNOWN -> {
                split(state, instruction, comparison, left, right, target);
                state.jumpTo(slot + 1);
            }
        }
    }

    /** A processor may guess wrong, and go where the program never does: then nothing is known of what was compared. */
    private void speculate(ProgramState state, Instruction instruction, int target) {
        if (!environment.guardsSpeculation()) {
            return;
        }
        ProgramState wrong = state.copy();
        wrong.setSpeculative(true);
        wrong.jumpTo(target);
        wrong.set(instruction.dstReg(), Scalar.UNKNOWN);
        if ((instruction.opcode() & Opcode.BPF_X) != 0) {
            wrong.set(instruction.srcReg(), Scalar.UNKNOWN);
        }
        environment.paths().fork(wrong);
    }

    private static void checkSecret(int register, Value left, Value right) {
        boolean packets = left instanceof Pointer a
                && right instanceof Pointer b
                && a.region() instanceof Region.Packet
                && b.region() instanceof Region.Packet;
        if (!packets) {
            throw comparisonProhibited(register);
        }
    }

    private static Refusal comparisonProhibited(int register) {
        return Refusal.ofRegister(
                Cause.POINTER_COMPARISON, register, "R" + register + " pointer comparison prohibited");
    }

    private void markCompared(ProgramState state, Instruction instruction, Value left, Value right) {
        if (left instanceof Scalar) {
            environment.paths().markPrecise(state, instruction.dstReg());
        }
        if ((instruction.opcode() & Opcode.BPF_X) != 0 && right instanceof Scalar) {
            environment.paths().markPrecise(state, instruction.srcReg());
        }
    }

    private static Decision decide(Comparison comparison, Value left, Value right, boolean wide) {
        if (left instanceof Scalar a && right instanceof Scalar b) {
            return RangeComparison.decide(comparison, a.range(), b.range(), wide);
        }
        if (left instanceof Pointer a && right instanceof Pointer b) {
            return wide ? PacketRanges.decide(comparison, a, b) : Decision.UNKNOWN;
        }
        if (left instanceof Pointer pointer) {
            return decideNull(comparison, pointer, right, wide);
        }
        return right instanceof Pointer pointer
                ? decideNull(comparison.swapped(), pointer, left, wide)
                : Decision.UNKNOWN;
    }

    /** A pointer that is known to be one is not 0. */
    private static Decision decideNull(Comparison comparison, Pointer pointer, Value number, boolean wide) {
        if (!wide || !number.isZero() || !NullChecks.isNeverNull(pointer)) {
            return Decision.UNKNOWN;
        }
        return switch (comparison) {
            case EQUAL -> Decision.NEVER;
            case NOT_EQUAL -> Decision.ALWAYS;
            default -> Decision.UNKNOWN;
        };
    }

    private void split(
            ProgramState state, Instruction instruction, Comparison comparison, Value left, Value right, int target) {
        Copies.note(state, left, right);
        ProgramState taken = state.copy();
        taken.jumpTo(target);
        environment.paths().fork(taken);
        boolean ofRegisters = (instruction.opcode() & Opcode.BPF_X) != 0;
        Value noted = ofRegisters ? state.register(instruction.srcReg()) : right;
        if (state.register(instruction.dstReg()) instanceof Scalar a && noted instanceof Scalar b) {
            learn(state, instruction, comparison.opposite(), a, b);
            learn(taken, instruction, comparison, a, b);
        } else {
            learnOfPointers(state, taken, instruction, comparison, left, right);
        }
    }

    private void learn(ProgramState state, Instruction instruction, Comparison comparison, Scalar left, Scalar right) {
        boolean wide = instruction.instructionClass() == Opcode.BPF_JMP;
        boolean sameRegister =
                (instruction.opcode() & Opcode.BPF_X) != 0 && instruction.srcReg() == instruction.dstReg();
        if (sameRegister || !teaches(comparison, left, right, wide)) {
            return;
        }
        Refined refined = RangeComparison.refine(comparison, left.range(), right.range(), wide);
        if (refined.isEmpty()) {
            return;
        }
        Scalar newLeft = left.withRange(refined.a());
        state.set(instruction.dstReg(), newLeft);
        if ((instruction.opcode() & Opcode.BPF_X) != 0) {
            Scalar newRight = right.withRange(refined.b());
            state.set(instruction.srcReg(), newRight);
            Copies.refine(state, newRight);
        }
        if (state.register(instruction.dstReg()) instanceof Scalar current) {
            Copies.refine(state, current);
        }
    }

    /** Whether the kernel learns from it at all. */
    private boolean teaches(Comparison comparison, Scalar left, Scalar right, boolean wide) {
        KernelModel kernel = environment.kernel();
        if (comparison == Comparison.NOT_EQUAL && !kernel.has(KernelFeature.UNEQUAL_NUMBERS)) {
            return false;
        }
        boolean constant = wide
                ? left.range().isConstant() || right.range().isConstant()
                : left.range().isConstant32() || right.range().isConstant32();
        return constant || (wide && comparison == Comparison.EQUAL) || kernel.has(KernelFeature.REGISTER_COMPARISONS);
    }

    private void learnOfPointers(
            ProgramState state,
            ProgramState taken,
            Instruction instruction,
            Comparison comparison,
            Value left,
            Value right) {
        boolean wide = instruction.instructionClass() == Opcode.BPF_JMP;
        boolean equality = comparison == Comparison.EQUAL || comparison == Comparison.NOT_EQUAL;
        ProgramState equal = comparison == Comparison.EQUAL ? taken : state;
        ProgramState unequal = comparison == Comparison.EQUAL ? state : taken;
        boolean ofRegisters = (instruction.opcode() & Opcode.BPF_X) != 0;
        if (wide
                && equality
                && environment.kernel().has(KernelFeature.NULL_BY_COMPARISON)
                && left instanceof Pointer a
                && right instanceof Pointer b) {
            NullChecks.sameAsValid(equal, a, b);
        }
        if (wide
                && equality
                && !ofRegisters
                && right.isZero()
                && left instanceof Pointer pointer
                && pointer.maybeNull()) {
            NullChecks.isNull(equal, pointer);
            NullChecks.isNotNull(unequal, pointer, environment);
            return;
        }
        boolean packets = wide
                && left instanceof Pointer a
                && right instanceof Pointer b
                && PacketRanges.learn(state, taken, comparison, a, b, instruction);
        if (!packets && left instanceof Pointer && environment.hidesAddresses()) {
            throw comparisonProhibited(instruction.dstReg());
        }
    }

    static Comparison comparison(Instruction instruction) {
        return switch (instruction.opcode() & 0xf0) {
            case Opcode.BPF_JEQ -> Comparison.EQUAL;
            case Opcode.BPF_JNE -> Comparison.NOT_EQUAL;
            case Opcode.BPF_JGT -> Comparison.GREATER;
            case Opcode.BPF_JGE -> Comparison.GREATER_OR_EQUAL;
            case Opcode.BPF_JLT -> Comparison.LESS;
            case Opcode.BPF_JLE -> Comparison.LESS_OR_EQUAL;
            case Opcode.BPF_JSGT -> Comparison.SIGNED_GREATER;
            case Opcode.BPF_JSGE -> Comparison.SIGNED_GREATER_OR_EQUAL;
            case Opcode.BPF_JSLT -> Comparison.SIGNED_LESS;
            case Opcode.BPF_JSLE -> Comparison.SIGNED_LESS_OR_EQUAL;
            default -> Comparison.TEST;
        };
    }
}
