package dev.skep.verifier.transfer;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.Capability;
import dev.skep.verifier.kernel.KernelFeature;
import dev.skep.verifier.scalar.BinaryOperator;
import dev.skep.verifier.scalar.Range;
import dev.skep.verifier.scalar.RangeArithmetic;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Value;
import java.util.OptionalInt;

/** Arithmetic instructions: moves, one operand, two operands ({@code check_alu_op}). */
final class Arithmetic {
    private final Environment environment;
    private final PointerMasks masks;
    private final PointerArithmetic pointers;

    Arithmetic(Environment environment) {
        this.environment = environment;
        masks = new PointerMasks(environment);
        pointers = new PointerArithmetic(environment, masks);
    }

    void apply(ProgramState state, Instruction instruction) {
        int destination = instruction.dstReg();
        switch (instruction.opcode() & 0xf0) {
            case Opcode.BPF_MOV -> move(state, instruction);
            case Opcode.BPF_NEG, Opcode.BPF_END -> {
                Value operand = Registers.read(state, destination);
                Registers.checkWritable(destination);
                state.set(destination, unary(instruction, operand));
            }
            default -> binary(state, instruction);
        }
    }

    /** Of a pointer, who may see it gets some number. */
    private Scalar unary(Instruction instruction, Value operand) {
        if (!(operand instanceof Scalar number)) {
            checkMaySee(instruction.dstReg(), " pointer arithmetic prohibited");
            return Scalar.UNKNOWN;
        }
        if ((instruction.opcode() & 0xf0) == Opcode.BPF_NEG) {
            if (!environment.kernel().has(KernelFeature.NEGATION)) {
                return Scalar.UNKNOWN;
            }
            return Scalar.of(RangeArithmetic.negate(number.range(), isWide(instruction)));
        }
        boolean swaps = isWide(instruction) || (instruction.opcode() & Opcode.BPF_TO_BE) != 0;
        int bits = instruction.imm();
        if (swaps) {
            return Scalar.of(RangeArithmetic.byteSwap(number.range(), bits));
        }
        return bits == Long.SIZE ? number : Scalar.of(number.range().truncate(bits / 8));
    }

    private void checkMaySee(int register, String what) {
        if (environment.hidesAddresses()) {
            throw Refusal.ofRegister(Cause.POINTER_LEAK, register, "R" + register + what);
        }
    }

    private static boolean isWide(Instruction instruction) {
        return instruction.instructionClass() == Opcode.BPF_ALU64;
    }

    // Moves.

    private void move(ProgramState state, Instruction instruction) {
        int destination = instruction.dstReg();
        boolean wide = isWide(instruction);
        if ((instruction.opcode() & Opcode.BPF_X) == 0) {
            Registers.checkWritable(destination);
            state.set(destination, Scalar.constant(wide ? instruction.imm() : instruction.imm() & 0xffff_ffffL));
            return;
        }
        int source = instruction.srcReg();
        Value value = Registers.read(state, source);
        Registers.checkWritable(destination);
        if (wide && instruction.offset() == Opcode.BPF_ADDR_SPACE_CAST) {
            castAddressSpace(state, instruction);
        } else if (value instanceof Scalar scalar) {
            moveNumber(state, instruction, scalar);
        } else if (wide && instruction.offset() == 0) {
            state.set(destination, value);
        } else {
            checkMaySee(source, wide ? " sign-extension part of pointer" : " partial copy of pointer");
            state.set(destination, wide ? Scalar.UNKNOWN : Scalar.of(Range.UNKNOWN.lower32()));
        }
    }

    private void moveNumber(ProgramState state, Instruction instruction, Scalar source) {
        int bits = instruction.offset();
        boolean wide = isWide(instruction);
        boolean same = bits == 0 ? wide || isSharedNarrow(source.range()) : isBelow(source.range(), 1L << (bits - 1));
        Scalar copied = same ? shareable(state, instruction.srcReg(), source) : source.unlinked();
        Range range = copied.range();
        if (bits != 0) {
            range = wide ? range.signExtend(bits / 8) : range.signExtend32(bits / 8);
        } else if (!wide) {
            range = range.lower32();
        }
        state.set(instruction.dstReg(), same ? copied.withRange(range) : Scalar.of(range));
    }

    private boolean isSharedNarrow(Range range) {
        return isBelow(range, 1L << 32) && environment.kernel().has(KernelFeature.NARROW_COPIES);
    }

    private static boolean isBelow(Range range, long limit) {
        return Long.compareUnsigned(range.umax(), limit) < 0;
    }

    private Scalar shareable(ProgramState state, int register, Scalar source) {
        Scalar number = Copies.shareable(source, environment.paths());
        state.set(register, number);
        return number;
    }

    private void castAddressSpace(ProgramState state, Instruction instruction) {
        if (environment.arena().isEmpty()) {
            throw new Refusal(
                    Cause.INVALID_INSTRUCTION,
                    "addr_space_cast insn can only be used in a program that has an associated arena");
        }
        boolean toKernel = instruction.imm() == 1;
        state.set(instruction.dstReg(), toKernel ? Pointer.to(new Region.Arena()) : Scalar.UNKNOWN);
    }

    // Two operands.

    private void binary(ProgramState state, Instruction instruction) {
        int destination = instruction.dstReg();
        boolean ofRegisters = (instruction.opcode() & Opcode.BPF_X) != 0;
        Value right = ofRegisters ? Registers.read(state, instruction.srcReg()) : Scalar.constant(instruction.imm());
        Value left = Registers.read(state, destination);
        if (!ofRegisters) {
            checkConstant(instruction);
        }
        Registers.checkWritable(destination);
        if (left instanceof Pointer || right instanceof Pointer) {
            pointers.apply(state, instruction, left, right);
        } else if (left instanceof Scalar a && right instanceof Scalar b) {
            masks.checkNumbers(state, instruction);
            state.set(destination, calculate(instruction, a, b));
        }
    }

    private static void checkConstant(Instruction instruction) {
        int operation = instruction.opcode() & 0xf0;
        boolean divides = operation == Opcode.BPF_DIV || operation == Opcode.BPF_MOD;
        if (divides && instruction.imm() == 0) {
            throw new Refusal(Cause.INVALID_INSTRUCTION, "div by zero");
        }
        boolean shifts = operation == Opcode.BPF_LSH || operation == Opcode.BPF_RSH || operation == Opcode.BPF_ARSH;
        int width = isWide(instruction) ? 64 : 32;
        if (shifts && (instruction.imm() < 0 || instruction.imm() >= width)) {
            throw new Refusal(Cause.INVALID_INSTRUCTION, "invalid shift " + instruction.imm());
        }
    }

    private Scalar calculate(Instruction instruction, Scalar left, Scalar right) {
        boolean wide = isWide(instruction);
        BinaryOperator operator = operator(instruction);
        if (!isFollowed(operator, right.range(), wide)) {
            return Scalar.UNKNOWN;
        }
        Range range = RangeArithmetic.apply(operator, left.range(), right.range(), wide);
        OptionalInt distance = left.id() == 0 || left.linked() || !environment.has(Capability.BPF)
                ? OptionalInt.empty()
                : distance(operator, left.range(), right.range(), wide);
        // Such a number is still tied to its copies: by a known distance.
        return distance.isPresent() ? left.linkedBy(distance.getAsInt(), !wide, range) : Scalar.of(range);
    }

    /** How far a number moves from its copies, if the kernel goes on to tie it to them. */
    private OptionalInt distance(BinaryOperator operator, Range left, Range right, boolean wide) {
        boolean adds = operator == BinaryOperator.ADD;
        if (!environment.kernel().has(KernelFeature.LINKED_SCALARS_BY_ANY_OFFSET)) {
            boolean followed = environment.kernel().has(KernelFeature.LINKED_SCALARS_WITH_OFFSET);
            boolean moves = followed && wide && adds && right.isConstant() && isDistance(right.constant());
            return moves ? OptionalInt.of((int) right.constant()) : OptionalInt.empty();
        }
        boolean known = wide ? right.isConstant() : right.isConstant32() && isBelow(left, 1L << 32);
        if (!known || !(adds || operator == BinaryOperator.SUBTRACT)) {
            return OptionalInt.empty();
        }
        long amount = wide ? right.constant() : right.constant32();
        boolean fits = amount == (int) amount && (adds || amount != Integer.MIN_VALUE);
        return fits ? OptionalInt.of((int) (adds ? amount : -amount)) : OptionalInt.empty();
    }

    /** Whether the kernel knows anything of the result where the second operand is no constant. */
    private boolean isFollowed(BinaryOperator operator, Range right, boolean wide) {
        boolean constant = wide ? right.isConstant() : right.isConstant32();
        return switch (operator) {
            case ADD, SUBTRACT, AND -> true;
            default -> constant || environment.kernel().has(KernelFeature.UNKNOWN_OPERANDS);
        };
    }

    private static boolean isDistance(long amount) {
        return amount >= 0 && amount <= Integer.MAX_VALUE;
    }

    static BinaryOperator operator(Instruction instruction) {
        boolean signed = instruction.offset() == 1;
        return switch (instruction.opcode() & 0xf0) {
            case Opcode.BPF_ADD -> BinaryOperator.ADD;
            case Opcode.BPF_SUB -> BinaryOperator.SUBTRACT;
            case Opcode.BPF_MUL -> BinaryOperator.MULTIPLY;
            case Opcode.BPF_DIV -> signed ? BinaryOperator.SIGNED_DIVIDE : BinaryOperator.DIVIDE;
            case Opcode.BPF_MOD -> signed ? BinaryOperator.SIGNED_MODULO : BinaryOperator.MODULO;
            case Opcode.BPF_OR -> BinaryOperator.OR;
            case Opcode.BPF_AND -> BinaryOperator.AND;
            case Opcode.BPF_XOR -> BinaryOperator.XOR;
            case Opcode.BPF_LSH -> BinaryOperator.SHIFT_LEFT;
            case Opcode.BPF_RSH -> BinaryOperator.SHIFT_RIGHT;
            default -> BinaryOperator.ARITHMETIC_SHIFT_RIGHT;
        };
    }
}
