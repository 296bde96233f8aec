package dev.skep.engine.interpreter;

import dev.skep.engine.memory.AccessCheck;
import dev.skep.engine.memory.Sandbox;
import dev.skep.object.instruction.Opcode;

/** Every access to memory an instruction can make, as checked mode does it: judged first, then done by the plain rules. */
final class CheckedMemory {
    private final Sandbox sandbox;
    private final AccessCheck check;
    private final Loads loads;

    /** Is told of numbers that were loaded. */
    @FunctionalInterface
    interface Loads {
        /** @param size in bytes @param value what the register holds now */
        void loaded(long address, int size, long value);
    }

    CheckedMemory(Sandbox sandbox, Loads loads) {
        this.sandbox = sandbox;
        this.loads = loads;
        check = new AccessCheck(sandbox);
    }

    /** Throws {@link Violation} unless the program may access {@code length} bytes at {@code address}. */
    void require(long address, long length, boolean write) {
        if (!check.allows(address, length, write)) {
            throw new Violation(check.explain(address, length, write));
        }
    }

    /**
     * Executes a load, a store or an atomic operation.
     *
     * @param opcode as encoded, sign-extended
     * @param word the instruction
     */
    void execute(int opcode, long word, long[] r) {
        int dst = (int) (word >>> 8) & 15;
        int src = (int) (word >>> 12) & 15;
        int offset = (short) (word >> 16);
        int size = AtomicOperations.size(opcode);
        switch (opcode & 0x07) {
            case Opcode.BPF_LDX -> {
                long address = r[src] + offset;
                require(address, size, false);
                r[dst] = load(sandbox, opcode, address);
                loads.loaded(address, size, r[dst]);
            }
            case Opcode.BPF_ST -> {
                require(r[dst] + offset, size, true);
                store(r[dst] + offset, size, word >> 32);
            }
            default -> {
                if ((opcode & 0xe0) == Opcode.BPF_ATOMIC) {
                    boolean loads = (int) (word >> 32) == Opcode.BPF_LOAD_ACQ;
                    require((loads ? r[src] : r[dst]) + offset, size, !loads);
                    AtomicOperations.execute(sandbox.atomics(), opcode, word, r);
                } else {
                    require(r[dst] + offset, size, true);
                    store(r[dst] + offset, size, r[src]);
                }
            }
        }
    }

    /** A load of any size, zero-extended or ({@code MEMSX}) sign-extended. */
    static long load(Sandbox sandbox, int opcode, long address) {
        boolean signed = (opcode & 0xe0) == Opcode.BPF_MEMSX;
        return switch (AtomicOperations.size(opcode)) {
            case 1 -> signed ? sandbox.getByte(address) : sandbox.getByte(address) & 0xffL;
            case 2 -> signed ? sandbox.getShort(address) : sandbox.getShort(address) & 0xffffL;
            case 4 -> signed ? sandbox.getInt(address) : sandbox.getInt(address) & 0xffff_ffffL;
            default -> sandbox.getLong(address);
        };
    }

    private void store(long address, int size, long value) {
        switch (size) {
            case 1 -> sandbox.putByte(address, (byte) value);
            case 2 -> sandbox.putShort(address, (short) value);
            case 4 -> sandbox.putInt(address, (int) value);
            default -> sandbox.putLong(address, value);
        }
    }
}
