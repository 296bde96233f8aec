package dev.skep.engine.jit;

import dev.skep.engine.interpreter.LogicalCpu;
import dev.skep.engine.memory.Atomics;

/**
 * What generated code calls for atomic operations: RFC 9669, section 5.3, and load-acquire and store-release. All take the
 * address, the operand, what compare-and-exchange expects, the size in bytes and the slot, and return the old value, with a zero
 * upper half if it has 4 bytes. A misaligned address ends the run.
 */
final class AtomicAccess {
    private static final long LOW = 0xffff_ffffL;

    private AtomicAccess() {}

    /** The method for a kind of operation. */
    static String method(Operation.AtomicKind kind) {
        return switch (kind) {
            case ADD -> "add";
            case OR -> "or";
            case AND -> "and";
            case XOR -> "xor";
            case EXCHANGE -> "exchange";
            case COMPARE_EXCHANGE -> "compareExchange";
            case LOAD_ACQUIRE -> "loadAcquire";
            case STORE_RELEASE -> "storeRelease";
        };
    }

    private static Atomics memory(LogicalCpu cpu, long address, int size, int slot) {
        if ((address & (size - 1)) != 0) {
            throw cpu.misaligned(address, size, slot);
        }
        return cpu.sandbox().atomics();
    }

    static long add(LogicalCpu cpu, long address, long operand, long expected, int size, int slot) {
        Atomics memory = memory(cpu, address, size, slot);
        return size == 8 ? memory.getAndAdd(address, operand) : memory.getAndAdd(address, (int) operand) & LOW;
    }

    static long or(LogicalCpu cpu, long address, long operand, long expected, int size, int slot) {
        Atomics memory = memory(cpu, address, size, slot);
        return size == 8 ? memory.getAndOr(address, operand) : memory.getAndOr(address, (int) operand) & LOW;
    }

    static long and(LogicalCpu cpu, long address, long operand, long expected, int size, int slot) {
        Atomics memory = memory(cpu, address, size, slot);
        return size == 8 ? memory.getAndAnd(address, operand) : memory.getAndAnd(address, (int) operand) & LOW;
    }

    static long xor(LogicalCpu cpu, long address, long operand, long expected, int size, int slot) {
        Atomics memory = memory(cpu, address, size, slot);
        return size == 8 ? memory.getAndXor(address, operand) : memory.getAndXor(address, (int) operand) & LOW;
    }

    static long exchange(LogicalCpu cpu, long address, long operand, long expected, int size, int slot) {
        Atomics memory = memory(cpu, address, size, slot);
        return size == 8 ? memory.getAndSet(address, operand) : memory.getAndSet(address, (int) operand) & LOW;
    }

    static long compareExchange(LogicalCpu cpu, long address, long operand, long expected, int size, int slot) {
        Atomics memory = memory(cpu, address, size, slot);
        return size == 8
                ? memory.compareAndExchange(address, expected, operand)
                : memory.compareAndExchange(address, (int) expected, (int) operand) & LOW;
    }

    static long loadAcquire(LogicalCpu cpu, long address, long operand, long expected, int size, int slot) {
        return memory(cpu, address, size, slot).loadAcquire(address, size);
    }

    static long storeRelease(LogicalCpu cpu, long address, long operand, long expected, int size, int slot) {
        memory(cpu, address, size, slot).storeRelease(address, size, operand);
        return 0;
    }
}
