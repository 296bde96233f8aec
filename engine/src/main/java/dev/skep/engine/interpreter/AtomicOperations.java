package dev.skep.engine.interpreter;

import dev.skep.engine.memory.Atomics;
import dev.skep.object.instruction.Opcode;

/** The atomic operations of RFC 9669, section 5.3, and load-acquire and store-release of linux/bpf.h. */
final class AtomicOperations {
    private static final long LOW = 0xffff_ffffL;

    private AtomicOperations() {}

    /**
     * Executes one.
     *
     * @param opcode as encoded: gives the size
     * @param word the instruction
     * @param r the registers
     * @throws Violation if the address is not aligned to the size
     */
    static void execute(Atomics memory, int opcode, long word, long[] r) {
        int dst = (int) (word >>> 8) & 15;
        int src = (int) (word >>> 12) & 15;
        int offset = (short) (word >> 16);
        int operation = (int) (word >> 32);
        requireAligned(r[operation == Opcode.BPF_LOAD_ACQ ? src : dst] + offset, size(opcode));
        if (operation == Opcode.BPF_LOAD_ACQ) {
            r[dst] = memory.loadAcquire(r[src] + offset, size(opcode));
        } else if (operation == Opcode.BPF_STORE_REL) {
            memory.storeRelease(r[dst] + offset, size(opcode), r[src]);
        } else if ((opcode & 0x18) == Opcode.BPF_DW) {
            execute64(memory, operation, r[dst] + offset, src, r);
        } else {
            execute32(memory, operation, r[dst] + offset, src, r);
        }
    }

    /** Bytes that an instruction with this opcode accesses. */
    static int size(int opcode) {
        return switch (opcode & 0x18) {
            case Opcode.BPF_B -> 1;
            case Opcode.BPF_H -> 2;
            case Opcode.BPF_W -> 4;
            default -> 8;
        };
    }

    private static void requireAligned(long address, int size) {
        if ((address & (size - 1)) != 0) {
            throw misaligned(address, size);
        }
    }

    static Violation misaligned(long address, int size) {
        return new Violation("accesses " + size + " bytes atomically at 0x" + Long.toHexString(address)
                + ", which is no multiple of " + size);
    }

    private static void execute64(Atomics memory, int operation, long address, int src, long[] r) {
        long value = r[src];
        if (operation == Opcode.BPF_CMPXCHG) {
            r[0] = memory.compareAndExchange(address, r[0], value);
            return;
        }
        long old = switch (operation & ~Opcode.BPF_FETCH) {
            case Opcode.BPF_ADD -> memory.getAndAdd(address, value);
            case Opcode.BPF_OR -> memory.getAndOr(address, value);
            case Opcode.BPF_AND -> memory.getAndAnd(address, value);
            case Opcode.BPF_XOR -> memory.getAndXor(address, value);
            default -> memory.getAndSet(address, value);
        };
        if ((operation & Opcode.BPF_FETCH) != 0) {
            r[src] = old;
        }
    }

    private static void execute32(Atomics memory, int operation, long address, int src, long[] r) {
        int value = (int) r[src];
        if (operation == Opcode.BPF_CMPXCHG) {
            r[0] = memory.compareAndExchange(address, (int) r[0], value) & LOW;
            return;
        }
        int old = switch (operation & ~Opcode.BPF_FETCH) {
            case Opcode.BPF_ADD -> memory.getAndAdd(address, value);
            case Opcode.BPF_OR -> memory.getAndOr(address, value);
            case Opcode.BPF_AND -> memory.getAndAnd(address, value);
            case Opcode.BPF_XOR -> memory.getAndXor(address, value);
            default -> memory.getAndSet(address, value);
        };
        if ((operation & Opcode.BPF_FETCH) != 0) {
            r[src] = old & LOW;
        }
    }
}
