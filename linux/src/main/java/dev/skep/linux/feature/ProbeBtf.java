package dev.skep.linux.feature;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.BtfLoad;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** A few types, loaded only to hear what the kernel says to them. The first has the id 1. */
record ProbeBtf(List<BtfType> types) {
    /** {@code int}. */
    static final BtfType INT = new BtfType.Int("int", 4, true, false, false, 0, 32);

    static ProbeBtf of(BtfType... types) {
        return new ProbeBtf(List.of(types));
    }

    /** Loads them and lets go of them. */
    Answer tryToLoad() {
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = attr(arena)) {
            return ProbeProgram.closing(attr.call(BpfCommand.BTF_LOAD), "");
        }
    }

    /** Loads them and hands them over. @throws dev.skep.object.host.HostException if the kernel refuses */
    FileDescriptor load() {
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = attr(arena)) {
            return attr.open(BpfCommand.BTF_LOAD, "load types that probe for a feature");
        }
    }

    private BpfAttr attr(Arena arena) {
        byte[] raw = Btf.of(types).write();
        BpfAttr attr = BpfAttr.take()
                .set(BtfLoad.BTF, arena.allocateFrom(ValueLayout.JAVA_BYTE, raw))
                .set(BtfLoad.BTF_SIZE, raw.length);
        KernelFeatures.token().ifPresent(token -> token.allowTypes(attr));
        return attr;
    }
}
