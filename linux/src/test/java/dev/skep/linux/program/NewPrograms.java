package dev.skep.linux.program;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.ProgLoad;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.ProgramType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Programs for tests, loaded with bpf(2) itself. */
public final class NewPrograms {
    private static final int LOG_SIZE = 1 << 16;

    private NewPrograms() {}

    /** Loads assembly text in which {@code %d ll} stands for the maps, in turn; it has no other 16-byte loads. */
    public static LinuxProgram load(ProgramType type, String text, LinuxMap... maps) {
        Object[] descriptors = new Object[maps.length];
        for (int i = 0; i < maps.length; i++) {
            descriptors[i] = maps[i].descriptor().number();
        }
        byte[] code =
                Assembler.instructions("test", text.formatted(descriptors)).encode();
        for (int at = 0; at < code.length; at += 8) {
            if (code[at] == 0x18) {
                code[at + 1] |= 0x10; // BPF_PSEUDO_MAP_FD
            }
        }
        ProgramSpec spec =
                new ProgramSpec("test", "test", type, Optional.<AttachType>empty(), Optional.empty(), true, 0, 0);
        return new LinuxProgram(spec, load(type, code));
    }

    private static FileDescriptor load(ProgramType type, byte[] code) {
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            MemorySegment log = arena.allocate(LOG_SIZE);
            attr.set(ProgLoad.PROG_TYPE, type.number())
                    .set(ProgLoad.INSN_CNT, code.length / 8)
                    .set(ProgLoad.INSNS, arena.allocateFrom(ValueLayout.JAVA_BYTE, code))
                    .set(ProgLoad.LICENSE, arena.allocateFrom("GPL"))
                    .set(ProgLoad.LOG_LEVEL, 1)
                    .set(ProgLoad.LOG_SIZE, LOG_SIZE)
                    .set(ProgLoad.LOG_BUF, log)
                    .setIfAny(ProgLoad.PROG_FLAGS, type == ProgramType.SYSCALL ? 1 << 4 : 0) // BPF_F_SLEEPABLE
                    .set(ProgLoad.PROG_NAME, "skep_test");
            long result = attr.call(BpfCommand.PROG_LOAD);
            if (result < 0) {
                throw new AssertionError("load: " + result + "\n" + log.getString(0, StandardCharsets.UTF_8));
            }
            return FileDescriptor.owning(result);
        }
    }
}
