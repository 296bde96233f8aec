package dev.skep.verifier.transfer;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.scalar.BinaryOperator;
import dev.skep.verifier.scalar.Range;
import dev.skep.verifier.scalar.RangeText;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import java.util.Optional;

/**
 * Pointer arithmetic that must stay within bounds on paths that only speculation takes too: what is added is masked, so the mask must be the same
 * on every path ({@code sanitize_ptr_alu}, {@code sanitize_check_bounds}).
 */
final class PointerMasks {
    private static final String PROHIBITED = "pointer arithmetic with it prohibited for !root";

    private final Environment environment;
    private final SpeculationGuards guards;

    PointerMasks(Environment environment) {
        this.environment = environment;
        guards = environment.speculationGuards();
    }

    /**
     * A move of a pointer before it is made.
     *
     * @param reversed the pointer is the right operand
     */
    record Move(Instruction instruction, Pointer pointer, Range number, boolean reversed) {
        BinaryOperator operator() {
            return Arithmetic.operator(instruction);
        }

        boolean mayBeNegative() {
            return number.smin() < 0;
        }

        boolean goesDown() {
            return operator() == BinaryOperator.ADD ? mayBeNegative() : !mayBeNegative();
        }

        int numberRegister() {
            return reversed ? instruction.dstReg() : instruction.srcReg();
        }

        int pointerRegister() {
            return reversed ? instruction.srcReg() : instruction.dstReg();
        }
    }

    /** How far the pointer could go before it was moved. @param limit an unsigned number of bytes */
    record Window(Move move, int limit) {}

    /** Two numbers are added or subtracted: an instruction that does that on one path cannot have a mask for another. */
    void checkNumbers(ProgramState state, Instruction instruction) {
        if (isMasked(state, instruction) && !guards.mask(state.slot(), PointerMask.OF_NUMBERS)) {
            throw differs(instruction);
        }
    }

    /**
     * Before a pointer is moved: it must be one that can be masked. Where the mask stops a number that is too large, the pointer stays
     * where it is, which is followed as a path of its own.
     *
     * @return what {@link #narrow} needs; empty if there is nothing to mask
     */
    Optional<Window> open(ProgramState state, Move move) {
        if (!isMasked(state, move.instruction())) {
            return Optional.empty();
        }
        Optional<Window> window = state.speculative() ? Optional.empty() : Optional.of(window(move));
        if (!move.number().isConstant()) {
            if (!state.speculative()) {
                environment.paths().compareNumbersExactly();
            }
            ProgramState unmoved = state.copy();
            unmoved.set(move.instruction().dstReg(), move.pointer());
            unmoved.setSpeculative(true);
            unmoved.jumpTo(state.slot() + 1);
            environment.paths().fork(unmoved);
        }
        return window;
    }

    private Window window(Move move) {
        boolean mixed = (move.number().smin() < 0) != (move.number().smax() < 0);
        if (mixed && !move.number().isConstant()) {
            throw refusal(
                    move.numberRegister(),
                    "R" + move.numberRegister() + " has unknown scalar with mixed signed bounds, " + PROHIBITED);
        }
        return new Window(move, limit(move, move.pointer()));
    }

    /** After the pointer was moved: the distance it can have gone is what may pass. */
    void narrow(ProgramState state, Window window, Pointer moved) {
        Move move = window.move();
        int distance = Math.abs(window.limit() - limit(move, moved));
        PointerMask mask = new PointerMask(
                true, !move.reversed(), move.mayBeNegative(), move.number().isConstant(), distance);
        if (!guards.mask(state.slot(), mask)) {
            throw differs(move.instruction());
        }
    }

    private boolean isMasked(ProgramState state, Instruction instruction) {
        BinaryOperator operator = Arithmetic.operator(instruction);
        return environment.guardsSpeculation()
                && (operator == BinaryOperator.ADD || operator == BinaryOperator.SUBTRACT)
                && (instruction.opcode() & Opcode.BPF_X) != 0
                && !guards.hasBarrierBefore(state.slot());
    }

    /** How many bytes there are in the direction of the move ({@code retrieve_ptr_limit}). */
    private static int limit(Move move, Pointer pointer) {
        int end;
        int limit;
        switch (pointer.region()) {
            case Region.Stack stack -> {
                end = StackBounds.SIZE + (move.goesDown() ? 1 : 0);
                limit = (int) -(pointer.variable().bits().value() + pointer.offset());
            }
            case Region.MapValue value -> {
                end = value.map().valueSize();
                long variable = move.goesDown()
                        ? pointer.variable().smin()
                        : pointer.variable().umax();
                limit = (int) (variable + pointer.offset());
            }
            default ->
                throw refusal(
                        move.pointerRegister(),
                        "R" + move.pointerRegister() + " has pointer with unsupported alu operation, " + PROHIBITED);
        }
        if (Integer.compareUnsigned(limit, end) >= 0) {
            int register = move.instruction().dstReg();
            throw refusal(
                    register,
                    "R%d tried to %s beyond pointer bounds, %s"
                            .formatted(register, verb(move.instruction()), PROHIBITED));
        }
        return limit;
    }

    /** Wherever a pointer goes, by a constant too, it must stay inside of its memory. */
    void checkInside(Pointer moved, int register) {
        if (!environment.guardsSpeculation()) {
            return;
        }
        switch (moved.region()) {
            case Region.Stack stack -> checkInsideStack(moved, register);
            case Region.MapValue value -> checkInsideValue(moved, register, value);
            default -> {}
        }
    }

    private static void checkInsideStack(Pointer moved, int register) {
        if (!moved.hasConstantOffset()) {
            throw Refusal.ofRegister(
                    Cause.STACK_ACCESS,
                    register,
                    "R%d variable stack access prohibited for !root, var_off=%s off=%d"
                            .formatted(
                                    register,
                                    RangeText.of(moved.variable().bits()),
                                    moved.offset() + moved.variable().bits().value()));
        }
        long offset = moved.constantOffset();
        if (offset >= 0 || offset < -StackBounds.SIZE) {
            throw refusal(
                    register,
                    "R%d stack pointer arithmetic goes out of range, prohibited for !root; off=%d"
                            .formatted(register, offset));
        }
    }

    private static void checkInsideValue(Pointer moved, int register, Region.MapValue region) {
        try {
            MapMemory.checkByte(moved, register, region.map());
        } catch (Refusal outside) {
            throw refusal(
                    register,
                    outside.message() + "\nR" + register
                            + " pointer arithmetic of map value goes out of range, prohibited for !root");
        }
    }

    private static Refusal differs(Instruction instruction) {
        int register = instruction.dstReg();
        return refusal(
                register,
                "R%d tried to %s from different maps, paths or scalars, %s"
                        .formatted(register, verb(instruction), PROHIBITED));
    }

    private static String verb(Instruction instruction) {
        return Arithmetic.operator(instruction) == BinaryOperator.ADD ? "add" : "sub";
    }

    private static Refusal refusal(int register, String message) {
        return Refusal.ofRegister(Cause.POINTER_ARITHMETIC, register, message);
    }
}
