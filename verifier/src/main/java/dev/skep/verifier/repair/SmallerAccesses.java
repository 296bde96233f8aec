package dev.skep.verifier.repair;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import java.util.ArrayList;
import java.util.List;

/** One load or store as several of fewer bytes, little end first. */
final class SmallerAccesses {
    private final Instruction access;
    private final int size;
    private final int pieces;

    /** @param size of each, in bytes */
    SmallerAccesses(Instruction access, int size) {
        this.access = access;
        this.size = size;
        this.pieces = Code.accessSize(access) / size;
    }

    /** The accesses. @throws CannotRepair if the instruction is no plain load or store that can be split */
    List<Instruction> code(Scratch scratch) {
        boolean plain = (access.opcode() & 0xe0) == Opcode.BPF_MEM;
        if (!plain || pieces < 2) {
            throw new CannotRepair();
        }
        return switch (access.instructionClass()) {
            case Opcode.BPF_ST -> constantStores();
            case Opcode.BPF_STX -> stores(scratch);
            case Opcode.BPF_LDX -> loads(scratch);
            default -> throw new CannotRepair();
        };
    }

    private List<Instruction> constantStores() {
        List<Instruction> stores = new ArrayList<>();
        for (int piece = 0; piece < pieces; piece++) {
            long value = (long) access.imm() >> (8 * size * piece);
            stores.add(Code.storeConstant(size, access.dstReg(), access.offset() + size * piece, (int) value));
        }
        return stores;
    }

    private List<Instruction> stores(Scratch scratch) {
        int part = scratch.take();
        List<Instruction> stores = new ArrayList<>(scratch.saves());
        stores.add(Code.move(part, access.srcReg()));
        for (int piece = 0; piece < pieces; piece++) {
            stores.add(Code.store(size, access.dstReg(), access.offset() + size * piece, part));
            stores.add(Code.compute(Opcode.BPF_RSH, part, 8 * size));
        }
        stores.addAll(scratch.restores());
        return stores;
    }

    private List<Instruction> loads(Scratch scratch) {
        int sum = scratch.take();
        int part = scratch.take();
        List<Instruction> loads = new ArrayList<>(scratch.saves());
        for (int piece = pieces - 1; piece >= 0; piece--) {
            int target = piece == pieces - 1 ? sum : part;
            loads.add(Code.load(size, target, access.srcReg(), access.offset() + size * piece));
            if (piece < pieces - 1) {
                loads.add(Code.compute(Opcode.BPF_LSH, sum, 8 * size));
                loads.add(Code.or(sum, part));
            }
        }
        loads.add(Code.move(access.dstReg(), sum));
        loads.addAll(scratch.restores());
        return loads;
    }
}
