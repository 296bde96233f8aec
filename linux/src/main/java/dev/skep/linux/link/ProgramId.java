package dev.skep.linux.link;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.GetId;
import dev.skep.linux.bpf.BpfAttrLayout.Info;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.system.FileDescriptor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The kernel's ids for programs. */
final class ProgramId {
    private static final int ID = 4; // struct bpf_prog_info of linux/bpf.h
    private static final int SIZE = 8;

    private ProgramId() {}

    /** A program's id. */
    static int of(FileDescriptor program) {
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            MemorySegment info = arena.allocate(SIZE, 8);
            attr.set(Info.BPF_FD, program.number()).set(Info.INFO_LEN, SIZE).set(Info.INFO, info);
            attr.call(BpfCommand.OBJ_GET_INFO_BY_FD, "read a program's id");
            return info.get(ValueLayout.JAVA_INT, ID);
        }
    }

    /** A new descriptor of the program with an id. @throws dev.skep.object.host.HostException ENOENT if there is none */
    static FileDescriptor open(int id) {
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(GetId.PROG_ID, id);
            return attr.open(BpfCommand.PROG_GET_FD_BY_ID, "open program " + id);
        }
    }
}
