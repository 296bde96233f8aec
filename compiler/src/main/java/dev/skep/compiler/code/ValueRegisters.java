package dev.skep.compiler.code;

import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.compiler.ir.Value;
import dev.skep.object.instruction.Opcode;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The virtual register of each value. Constants and the addresses of maps, functions and stack slots have none: they are made anew
 * where they are used, which costs what a copy costs.
 */
final class ValueRegisters {
    private final Emission emission;
    private final Folding folding;
    private final UpperHalves upperHalves;
    private final Map<Value, Integer> registers = new IdentityHashMap<>();

    ValueRegisters(Emission emission, Folding folding, UpperHalves upperHalves) {
        this.emission = emission;
        this.folding = folding;
        this.upperHalves = upperHalves;
    }

    /** True if the value has no register of its own. */
    boolean isMadeAtUse(Value value) {
        Value original = folding.original(value);
        return original instanceof Constant || (original instanceof Instruction i && isAddress(i));
    }

    private boolean isAddress(Instruction instruction) {
        return switch (instruction.operation()) {
            case Operation.MapAddress address -> true;
            case Operation.FunctionAddress address -> true;
            case Operation.StackAddress address -> true;
            case Operation.PointerAdd add -> stackAddress(instruction).isPresent();
            default -> false;
        };
    }

    /** The place in the frame that a value is the address of, if it is known. */
    private Optional<Folding.Address> stackAddress(Instruction instruction) {
        Folding.Address address = folding.address(instruction, 0, false);
        return Optional.of(address).filter(a -> a.slot().isPresent());
    }

    /** A register that holds the value here; not to be changed. */
    int of(Value value) {
        Value original = folding.original(value);
        if (!isMadeAtUse(original)) {
            return registers.computeIfAbsent(original, key -> emission.newRegister());
        }
        int register = emission.newRegister();
        into(register, original);
        return register;
    }

    /** Puts the value into {@code register}. */
    void into(int register, Value value) {
        switch (folding.original(value)) {
            case Constant constant
            when constant.type() == Int.I32 -> emission.loadNarrow(register, (int) constant.value());
            case Constant constant -> emission.load(register, constant.value());
            case Instruction instruction when isAddress(instruction) -> addressInto(register, instruction);
            case Value other -> emission.move(register, of(other));
        }
    }

    private void addressInto(int register, Instruction instruction) {
        switch (instruction.operation()) {
            case Operation.MapAddress address -> symbol(register, new Symbol.Map(address.map()));
            case Operation.FunctionAddress address -> symbol(register, new Symbol.FunctionAddress(address.function()));
            default -> {
                Folding.Address address = stackAddress(instruction).orElseThrow();
                StackSlot slot = address.slot().orElseThrow();
                emission.move(register, Registers.FRAME);
                emission.add(emission.instruction(
                                Opcode.BPF_ALU64 | Opcode.BPF_ADD, register, Registers.NONE, address.offset())
                        .withSlot(slot));
            }
        }
    }

    /** Puts the address of something into {@code register}. */
    void symbol(int register, Symbol symbol) {
        emission.add(
                emission.instruction(Opcode.LDDW, register, Registers.NONE, 0).withSymbol(symbol));
    }

    /** A register that holds the value of 32 bits, zero-extended to 64. */
    int zeroExtended(Value value) {
        if (value.type().isWide() || upperHalves.areZero(value)) {
            return of(value);
        }
        int register = emission.newRegister();
        zeroExtendedInto(register, value);
        return register;
    }

    /** Puts the value of 32 bits, zero-extended to 64, or one of 64 as it is, into {@code register}. */
    void zeroExtendedInto(int register, Value value) {
        if (value.type().isWide() || upperHalves.areZero(value)) {
            into(register, value);
        } else if (folding.original(value) instanceof Constant constant) {
            emission.load(register, constant.value() & 0xffff_ffffL);
        } else {
            emission.zeroExtend(register, of(value), Int.I32);
        }
    }

    /** A register that holds the value of 32 bits, sign-extended to 64. */
    int signExtended(Value value) {
        if (value.type().isWide()) {
            return of(value);
        }
        int register = emission.newRegister();
        signExtendedInto(register, value);
        return register;
    }

    /** Puts the value of 32 bits, sign-extended to 64, or one of 64 as it is, into {@code register}. */
    void signExtendedInto(int register, Value value) {
        if (value.type().isWide()) {
            into(register, value);
        } else if (folding.original(value) instanceof Constant constant) {
            emission.load(register, constant.value());
        } else {
            emission.signExtend(register, of(value), Int.I32, true);
        }
    }
}
