package dev.skep.verifier.transfer;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.scalar.BinaryOperator;
import dev.skep.verifier.scalar.Range;
import dev.skep.verifier.scalar.RangeArithmetic;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.TypeName;
import dev.skep.verifier.value.Value;
import java.util.Optional;

/** Arithmetic in which a pointer takes part: a bounded number may be added or taken away ({@code adjust_ptr_min_max_vals}). */
final class PointerArithmetic {
    private final Environment environment;
    private final PointerMasks masks;

    PointerArithmetic(Environment environment, PointerMasks masks) {
        this.environment = environment;
        this.masks = masks;
    }

    void apply(ProgramState state, Instruction instruction, Value left, Value right) {
        int destination = instruction.dstReg();
        BinaryOperator operator = Arithmetic.operator(instruction);
        if (left instanceof Pointer pointer && pointer.region() instanceof Region.Arena) {
            applyToArena(instruction, destination);
        } else if (left instanceof Pointer && right instanceof Pointer) {
            if (operator != BinaryOperator.SUBTRACT || environment.hidesAddresses()) {
                throw prohibited(
                        destination, "R" + destination + " pointer " + symbol(instruction) + " pointer prohibited");
            }
            state.set(destination, Scalar.UNKNOWN);
        } else if (left instanceof Pointer pointer && right instanceof Scalar number) {
            if ((instruction.opcode() & Opcode.BPF_X) != 0) {
                environment.paths().markPrecise(state, instruction.srcReg());
            }
            state.set(destination, offset(state, new PointerMasks.Move(instruction, pointer, number.range(), false)));
        } else if (right instanceof Pointer pointer && left instanceof Scalar number) {
            environment.paths().markPrecise(state, destination);
            state.set(destination, offset(state, new PointerMasks.Move(instruction, pointer, number.range(), true)));
        }
    }

    private static void applyToArena(Instruction instruction, int destination) {
        if (instruction.instructionClass() != Opcode.BPF_ALU64) {
            throw prohibited(destination, "R" + destination + " 32-bit pointer arithmetic prohibited");
        }
    }

    private Value offset(ProgramState state, PointerMasks.Move move) {
        Instruction instruction = move.instruction();
        BinaryOperator operator = move.operator();
        Pointer pointer = move.pointer();
        Range number = move.number();
        int destination = instruction.dstReg();
        if (number.isEmpty()) {
            return Scalar.UNKNOWN;
        }
        if (instruction.instructionClass() != Opcode.BPF_ALU64) {
            if (operator == BinaryOperator.SUBTRACT && !environment.hidesAddresses()) {
                return Scalar.UNKNOWN;
            }
            throw prohibited(destination, "R" + destination + " 32-bit pointer arithmetic prohibited");
        }
        checkMovable(destination, operator, pointer, number);
        checkSane(destination, pointer, number);
        checkSane(destination, pointer, pointer);
        Optional<PointerMasks.Window> window = masks.open(state, move);
        Pointer moved = moved(move);
        checkSane(destination, pointer, moved);
        masks.checkInside(moved, destination);
        window.ifPresent(before -> masks.narrow(state, before, moved));
        return moved;
    }

    private Pointer moved(PointerMasks.Move move) {
        Instruction instruction = move.instruction();
        int destination = instruction.dstReg();
        return switch (move.operator()) {
            case ADD -> add(move.pointer(), move.number());
            case SUBTRACT -> subtract(destination, move.pointer(), move.number(), move.reversed());
            case AND, OR, XOR ->
                throw prohibited(
                        destination,
                        "R" + destination + " bitwise operator " + symbol(instruction) + " on pointer prohibited");
            default ->
                throw prohibited(
                        destination,
                        "R" + destination + " pointer arithmetic with " + symbol(instruction) + " operator prohibited");
        };
    }

    private static void checkMovable(int destination, BinaryOperator operator, Pointer pointer, Range number) {
        String name = TypeName.of(pointer);
        if (pointer.maybeNull()) {
            throw Refusal.ofRegister(
                    Cause.NULLABLE_POINTER,
                    destination,
                    "R" + destination + " pointer arithmetic on " + name + " prohibited, null-check it first");
        }
        boolean movable = switch (pointer.region()) {
            case Region.FlowKeys keys -> number.isConstant();
            case Region.MapObject map ->
                operator == BinaryOperator.ADD && number.isConstant() && number.constant() == 0;
            case Region.Socket socket ->
                operator == BinaryOperator.ADD && number.isConstant() && number.constant() == 0;
            case Region.Packet packet -> packet != Region.Packet.END;
            default -> true;
        };
        if (!movable) {
            throw prohibited(destination, "R" + destination + " pointer arithmetic on " + name + " prohibited");
        }
    }

    private Pointer add(Pointer pointer, Range number) {
        if (number.isConstant() && fits(pointer.offset() + number.constant())) {
            return pointer.withOffset((int) (pointer.offset() + number.constant()));
        }
        Range sum = RangeArithmetic.apply(BinaryOperator.ADD, pointer.variable(), number, true);
        Pointer moved = pointer.withVariable(pointer.offset(), sum);
        // What is known of the packet's length counts from the pointer as it was.
        return pointer.isPacket() ? moved.withId(environment.paths().newId()).withAvailable(0) : moved;
    }

    private Pointer subtract(int destination, Pointer pointer, Range number, boolean reversed) {
        if (reversed) {
            throw prohibited(destination, "R" + destination + " tried to subtract pointer from scalar");
        }
        if (pointer.isStack()) {
            throw prohibited(destination, "R" + destination + " subtraction from stack pointer prohibited");
        }
        if (number.isConstant() && fits(pointer.offset() - number.constant())) {
            return pointer.withOffset((int) (pointer.offset() - number.constant()));
        }
        Range difference = RangeArithmetic.apply(BinaryOperator.SUBTRACT, pointer.variable(), number, true);
        Pointer moved = pointer.withVariable(pointer.offset(), difference);
        if (!pointer.isPacket()) {
            return moved;
        }
        Pointer other = moved.withId(environment.paths().newId());
        return number.smin() < 0 ? other.withAvailable(0) : other;
    }

    private static boolean fits(long offset) {
        return offset == (int) offset;
    }

    private static void checkSane(int register, Pointer pointer, Pointer moved) {
        checkSane(register, pointer, moved.variable());
        if (Math.abs((long) moved.offset()) >= Pointer.MAX_OFFSET) {
            throw unbounded(register, TypeName.of(pointer) + " pointer offset " + moved.offset() + " is not allowed");
        }
    }

    /** Offsets must stay far from where sums overflow ({@code check_reg_sane_offset}). */
    private static void checkSane(int register, Pointer pointer, Range range) {
        String name = TypeName.of(pointer);
        long smin = range.smin();
        if (range.isConstant() && (smin >= Pointer.MAX_OFFSET || smin <= -Pointer.MAX_OFFSET)) {
            throw unbounded(register, "math between " + name + " pointer and " + smin + " is not allowed");
        }
        if (smin == Long.MIN_VALUE) {
            throw unbounded(
                    register, "math between " + name + " pointer and register with unbounded min value is not allowed");
        }
        if (smin >= Pointer.MAX_OFFSET || smin <= -Pointer.MAX_OFFSET) {
            throw unbounded(register, "value " + smin + " makes " + name + " pointer be out of bounds");
        }
    }

    private static Refusal unbounded(int register, String message) {
        return Refusal.ofRegister(Cause.POINTER_ARITHMETIC, register, message);
    }

    private static Refusal prohibited(int register, String message) {
        return Refusal.ofRegister(Cause.POINTER_ARITHMETIC, register, message);
    }

    private static String symbol(Instruction instruction) {
        return switch (Arithmetic.operator(instruction)) {
            case ADD -> "+=";
            case SUBTRACT -> "-=";
            case MULTIPLY -> "*=";
            case DIVIDE, SIGNED_DIVIDE -> "/=";
            case MODULO, SIGNED_MODULO -> "%=";
            case OR -> "|=";
            case AND -> "&=";
            case XOR -> "^=";
            case SHIFT_LEFT -> "<<=";
            case SHIFT_RIGHT -> ">>=";
            case ARITHMETIC_SHIFT_RIGHT -> "s>>=";
        };
    }
}
