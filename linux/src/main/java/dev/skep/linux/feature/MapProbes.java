package dev.skep.linux.feature;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.MapBatch;
import dev.skep.linux.bpf.BpfAttrLayout.MapCreate;
import dev.skep.linux.bpf.BpfAttrLayout.MapElement;
import dev.skep.linux.bpf.BpfAttrLayout.ProgBindMap;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.map.MapType;
import dev.skep.object.program.ProgramType;

/** What the kernel can do with maps. */
final class MapProbes {
    private static final int BPF_F_MMAPABLE = 1 << 10; // linux/bpf.h

    private MapProbes() {}

    static Support name() {
        return ProbeMap.array()
                .with(attr -> attr.set(MapCreate.MAP_NAME, "skep_probe"))
                .tryToCreate()
                .support();
    }

    static Support mappedArray() {
        return ProbeMap.array().withFlags(BPF_F_MMAPABLE).tryToCreate().support();
    }

    /** Writes to a value of an array whose address is in the instruction. */
    static Support globalData() {
        try (FileDescriptor array = ProbeMap.of(MapType.ARRAY, 4, 32, 1).create()) {
            return ProbeProgram.of(
                            ProgramType.SOCKET_FILTER,
                            Instruction.lddw(1, Opcode.BPF_PSEUDO_MAP_VALUE, 16L << 32 | array.number()),
                            Instruction.of(Opcode.BPF_ST | Opcode.BPF_MEM | Opcode.BPF_DW, 1, 0, 0, 42),
                            ProbeProgram.setRegister(0, 0),
                            ProbeProgram.exit())
                    .tryToLoad()
                    .support();
        }
    }

    static Support boundMap() {
        try (FileDescriptor array = ProbeMap.array().create();
                FileDescriptor program =
                        ProbeProgram.returningZero(ProgramType.SOCKET_FILTER).load();
                BpfAttr attr = BpfAttr.take()) {
            attr.set(ProgBindMap.PROG_FD, program.number()).set(ProgBindMap.MAP_FD, array.number());
            return new Answer(attr.call(BpfCommand.PROG_BIND_MAP)).support();
        }
    }

    /** Asks for no entry at all, which needs no memory for any. */
    static Support batch() {
        try (FileDescriptor hash = ProbeMap.of(MapType.HASH, 4, 4, 1).create();
                BpfAttr attr = BpfAttr.take()) {
            attr.set(MapBatch.COUNT, 0).set(MapBatch.MAP_FD, hash.number()).expect(MapBatch.FLAGS);
            return new Answer(attr.call(BpfCommand.MAP_LOOKUP_BATCH)).support();
        }
    }

    static Support freeze() {
        try (FileDescriptor array = ProbeMap.array().create();
                BpfAttr attr = BpfAttr.take()) {
            attr.set(MapElement.MAP_FD, array.number());
            return new Answer(attr.call(BpfCommand.MAP_FREEZE)).support();
        }
    }
}
