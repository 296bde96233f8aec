package dev.skep.engine.jit;

import dev.skep.engine.jit.Operation.Operand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Replaces loads of what a register holds already: it was loaded from the same place, or stored there, earlier in the same block,
 * and nothing that was written since can have been there. Not for checked mode, where every access is judged.
 *
 * <p>Only within a block: a loop that waits for another CPU's write looks at memory in every round.
 */
final class RedundantLoads {
    /** What a register holds: a number nobody knows, plus a constant. Equal ones are equal numbers. */
    private record Number(int unknown, long added) {
        Number plus(long constant) {
            return new Number(unknown, added + constant);
        }
    }

    /**
     * What is in memory.
     *
     * @param content what was stored or loaded; for a load, the register as the load left it
     * @param stored whether {@code content} is a register as a whole, of which the lower bytes were written
     */
    private record Known(Number base, int offset, int size, boolean signed, boolean stored, Number content) {
        /** False only if both are at constant distances from the same number, and apart. */
        boolean mayOverlap(Number otherBase, int otherOffset, int otherSize) {
            long distance = (otherBase.added + otherOffset) - (base.added + offset);
            return base.unknown != otherBase.unknown || (distance < size && distance > -otherSize);
        }
    }

    private final Operation[] operations;
    private final Number[] registers = new Number[Operation.REGISTERS];
    private final Map<Long, Number> constants = new HashMap<>();
    private final List<Known> memory = new ArrayList<>();
    private int numbers;

    private RedundantLoads(Operation[] operations) {
        this.operations = operations;
        Arrays.setAll(registers, register -> fresh());
    }

    /** Replaces them in one block of {@code operations}. */
    static void replace(Operation[] operations, Block block) {
        RedundantLoads loads = new RedundantLoads(operations);
        for (int i = block.first(); i < block.end(); i++) {
            loads.step(i);
        }
    }

    private Number fresh() {
        return new Number(numbers++, 0);
    }

    private void step(int i) {
        switch (operations[i]) {
            case Operation.Load load -> load(i, load);
            case Operation.Store store -> store(store);
            case Operation.Constant constant ->
                registers[constant.dst()] = constants.computeIfAbsent(constant.value(), value -> fresh());
            case Operation.Move move when move.bits() == Long.SIZE -> registers[move.dst()] = registers[move.src()];
            case Operation.Arithmetic sum
            when addsConstant(sum) ->
                registers[sum.dst()] = registers[sum.dst()].plus(((Operand.Immediate) sum.operand()).value());
            case Operation.Atomic atomic -> forget(atomic);
            case Operation other when other.isCall() -> forget(other);
            case Operation other -> define(other);
        }
    }

    private static boolean addsConstant(Operation.Arithmetic operation) {
        return operation.wide()
                && operation.operator() == Operation.Binary.ADD
                && operation.operand() instanceof Operand.Immediate;
    }

    private void define(Operation operation) {
        if (operation.defines() >= 0) {
            registers[operation.defines()] = fresh();
        }
    }

    /** Whatever it does, it may have written anywhere. */
    private void forget(Operation operation) {
        memory.clear();
        define(operation);
        if (operation.isCall()) {
            for (int register = 1; register <= 5; register++) {
                registers[register] = fresh();
            }
        }
    }

    private void load(int i, Operation.Load load) {
        Number base = registers[load.base()];
        for (Known known : memory) {
            boolean same = known.base.equals(base) && known.offset == load.offset() && known.size == load.size();
            OptionalInt holder = same ? holder(known.content) : OptionalInt.empty();
            if (holder.isPresent() && (known.stored ? isWholeOrLow(load) : known.signed == load.signed())) {
                int register = holder.getAsInt();
                boolean whole = !known.stored || load.size() == Long.BYTES;
                operations[i] = whole
                        ? Operation.Move.whole(load.dst(), register)
                        : new Operation.Move(load.dst(), register, Integer.SIZE, false, false);
                registers[load.dst()] = whole ? registers[register] : fresh();
                return;
            }
        }
        registers[load.dst()] = fresh();
        memory.add(new Known(base, load.offset(), load.size(), load.signed(), false, registers[load.dst()]));
    }

    /** True if there is a move that does to a register what storing and loading it does. */
    private static boolean isWholeOrLow(Operation.Load load) {
        return load.size() == Long.BYTES || (load.size() == Integer.BYTES && !load.signed());
    }

    private OptionalInt holder(Number content) {
        for (int register = 0; register < registers.length; register++) {
            if (registers[register].equals(content)) {
                return OptionalInt.of(register);
            }
        }
        return OptionalInt.empty();
    }

    private void store(Operation.Store store) {
        Number base = registers[store.base()];
        memory.removeIf(known -> known.mayOverlap(base, store.offset(), store.size()));
        if (store.value() instanceof Operand.Register(int number)) {
            memory.add(new Known(base, store.offset(), store.size(), false, true, registers[number]));
        }
    }
}
