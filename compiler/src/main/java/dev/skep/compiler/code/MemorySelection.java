package dev.skep.compiler.code;

import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.FieldPath;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.compiler.ir.Value;
import dev.skep.object.btf.CoreRelocationKind;
import dev.skep.object.instruction.Opcode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Instructions that read and write memory. */
final class MemorySelection {
    private final Emission emission;
    private final Folding folding;
    private final ValueRegisters registers;
    /** Registers that hold constants to be stored, from earlier in the block. */
    private final Map<Constant, Integer> storedConstants = new HashMap<>();

    private MachineBlock storedConstantsBlock;

    MemorySelection(Emission emission, Folding folding, ValueRegisters registers) {
        this.emission = emission;
        this.folding = folding;
        this.registers = registers;
        this.storedConstantsBlock = emission.block();
    }

    /** Where memory is accessed, as an instruction says it. */
    private record Place(int register, int offset, Optional<StackSlot> slot) {
        MachineInstruction in(MachineInstruction instruction) {
            return slot.isPresent() ? instruction.withSlot(slot.get()) : instruction;
        }
    }

    private Place place(Value address, int offset, boolean exact) {
        Folding.Address folded = folding.address(address, offset, exact);
        if (folded.slot().isPresent()) {
            return new Place(Registers.FRAME, folded.offset(), folded.slot());
        }
        int base = registers.of(folded.base());
        if (folded.offset() == (short) folded.offset()) {
            return new Place(base, folded.offset(), Optional.empty());
        }
        int moved = emission.newRegister();
        emission.move(moved, base);
        emission.arithmeticWithConstant(Opcode.BPF_ADD, true, moved, folded.offset());
        return new Place(moved, 0, Optional.empty());
    }

    void load(int result, Operation.Load load) {
        Place place = place(load.address(), load.offset(), load.field().isPresent());
        boolean extends64 = load.type() == Int.I64 && load.width() != Int.I64;
        boolean extended = load.signed() && (extends64 || load.width().bytes() < Int.I32.bytes());
        boolean signedLoad = extended && emission.hasSignedForms();
        int loaded = extended && !signedLoad ? emission.newRegister() : result;
        int mode = signedLoad ? Opcode.BPF_MEMSX : Opcode.BPF_MEM;
        int opcode = Opcode.BPF_LDX | mode | size(load.width());
        emission.add(relocated(place.in(access(opcode, loaded, place.register(), place.offset(), 0)), load.field()));
        if (loaded != result) {
            emission.signExtend(result, loaded, load.width(), extends64);
        }
    }

    void store(Operation.Store store) {
        Place place = place(store.address(), store.offset(), store.field().isPresent());
        Value value = folding.original(store.value());
        MachineInstruction access;
        if (value instanceof Constant constant
                && emission.hasSignedForms()
                && constant.value() == (int) constant.value()) {
            int opcode = Opcode.BPF_ST | Opcode.BPF_MEM | size(store.width());
            access = access(opcode, place.register(), Registers.NONE, place.offset(), constant.value());
        } else {
            int source = value instanceof Constant constant ? storedConstant(constant) : registers.of(value);
            int opcode = Opcode.BPF_STX | Opcode.BPF_MEM | size(store.width());
            access = access(opcode, place.register(), source, place.offset(), 0);
        }
        emission.add(relocated(place.in(access), store.field()));
    }

    /** Constants stored one after the other, as when memory is cleared, are loaded once. */
    private int storedConstant(Constant constant) {
        if (storedConstantsBlock != emission.block()) {
            forgetConstants();
        }
        return storedConstants.computeIfAbsent(constant, registers::of);
    }

    /** From here on constants are loaded anew: what comes would not leave them in their registers. */
    void forgetConstants() {
        storedConstants.clear();
        storedConstantsBlock = emission.block();
    }

    /** @param result where what was there before is put, if it is asked for */
    void atomic(int result, Operation.Atomic atomic) {
        int value = registers.of(atomic.value());
        Place place = place(atomic.address(), atomic.offset(), false);
        boolean fetch = atomic.fetch() || atomic.operator() == Operation.AtomicOperator.EXCHANGE;
        int operand = value;
        if (fetch) {
            operand = atomic.fetch() ? result : emission.newRegister();
            emission.move(operand, value);
        }
        if (fetch || atomic.operator() != Operation.AtomicOperator.ADD) {
            requireFetching();
        }
        int code = code(atomic.operator()) | (fetch ? Opcode.BPF_FETCH : 0);
        emission.add(place.in(access(atomicOpcode(atomic.value()), place.register(), operand, place.offset(), code)));
    }

    void compareAndExchange(int result, Operation.CompareAndExchange exchange) {
        requireFetching();
        int replacement = registers.of(exchange.replacement());
        Place place = place(exchange.address(), exchange.offset(), false);
        registers.into(Registers.RESULT, exchange.expected());
        emission.add(place.in(access(
                atomicOpcode(exchange.expected()), place.register(), replacement, place.offset(), Opcode.BPF_CMPXCHG)));
        emission.move(result, Registers.RESULT);
    }

    private void requireFetching() {
        if (!emission.hasNarrowArithmetic()) {
            throw new CodeGenerationException(
                    emission.machine().function(),
                    emission.position(),
                    "changes memory atomically in a way that came with v3 of the instruction set (Linux 5.12), and is"
                            + " compiled for " + emission.version(),
                    "compile for v3, or add without using the result, which is all that there was before");
        }
    }

    private MachineInstruction access(int opcode, int destination, int source, int offset, long immediate) {
        return MachineInstruction.of(opcode, destination, source, offset, immediate, emission.position());
    }

    private static MachineInstruction relocated(MachineInstruction access, Optional<FieldPath> field) {
        return field.map(path -> access.withRelocation(CoreRelocationKind.FIELD_BYTE_OFFSET, path))
                .orElse(access);
    }

    private static int atomicOpcode(Value value) {
        return Opcode.BPF_STX | Opcode.BPF_ATOMIC | (value.type() == Int.I32 ? Opcode.BPF_W : Opcode.BPF_DW);
    }

    private static int code(Operation.AtomicOperator operator) {
        return switch (operator) {
            case ADD -> Opcode.BPF_ADD;
            case AND -> Opcode.BPF_AND;
            case OR -> Opcode.BPF_OR;
            case XOR -> Opcode.BPF_XOR;
            case EXCHANGE -> Opcode.BPF_XCHG;
        };
    }

    private static int size(Int width) {
        return switch (width) {
            case I8 -> Opcode.BPF_B;
            case I16 -> Opcode.BPF_H;
            case I32 -> Opcode.BPF_W;
            case I64 -> Opcode.BPF_DW;
        };
    }
}
