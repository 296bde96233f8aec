package dev.skep.linux.link;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.MapCreate;
import dev.skep.linux.bpf.BpfAttrLayout.ProgLoad;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.ProgramType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A program that counts its runs and ends in one and the same verdict. */
final class VerdictProgram implements AutoCloseable {
    private static final int LOG_SIZE = 1 << 16;
    private static final byte BPF_LD_IMM64 = 0x18;
    private static final byte BPF_PSEUDO_MAP_VALUE = 2 << 4; // linux/bpf.h, as source register

    private final LinuxMap map;
    private final LinuxProgram program;

    private VerdictProgram(LinuxMap map, LinuxProgram program) {
        this.map = map;
        this.program = program;
    }

    /** @param verdict what it returns */
    static VerdictProgram of(ProgramType type, Optional<AttachType> attachType, int verdict) {
        return of(type, attachType, "r0 = " + verdict);
    }

    /** @param verdict instructions that set r0; r6 is the context */
    static VerdictProgram of(ProgramType type, Optional<AttachType> attachType, String verdict) {
        return of(type, attachType, 0, verdict);
    }

    /** For a hook of the security modules. @param btfId its id in the kernel's types */
    static VerdictProgram ofHook(AttachType attachType, int btfId, int verdict) {
        return of(ProgramType.LSM, Optional.of(attachType), btfId, "r0 = " + verdict);
    }

    private static VerdictProgram of(ProgramType type, Optional<AttachType> attachType, int btfId, String verdict) {
        MapSpec spec = MapSpec.of("runs", MapType.ARRAY, 4, 8, 1);
        LinuxMap map = createMap(spec);
        try {
            FileDescriptor descriptor =
                    load(type, attachType, btfId, code(map.descriptor().number(), verdict));
            ProgramSpec program = new ProgramSpec("verdict", "verdict", type, attachType, Optional.empty(), true, 0, 0);
            return new VerdictProgram(map, new LinuxProgram(program, descriptor));
        } catch (RuntimeException | AssertionError e) {
            map.close();
            throw e;
        }
    }

    static LinuxMap createMap(MapSpec spec) {
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(MapCreate.MAP_TYPE, spec.type().number())
                    .set(MapCreate.KEY_SIZE, spec.keySize())
                    .set(MapCreate.VALUE_SIZE, spec.valueSize())
                    .set(MapCreate.MAX_ENTRIES, spec.maxEntries());
            return new LinuxMap(spec, attr.open(BpfCommand.MAP_CREATE, "create map " + spec.name()));
        }
    }

    private static byte[] code(int map, String verdict) {
        String text = """
                r6 = r1
                r1 = %d ll
                r2 = 1
                lock *(u64 *)(r1 + 0) += r2
                %s
                exit
                """.formatted(map, verdict);
        byte[] code = Assembler.instructions("verdict", text).encode();
        for (int at = 0; at < code.length; at += 8) {
            if (code[at] == BPF_LD_IMM64) {
                code[at + 1] |= BPF_PSEUDO_MAP_VALUE;
            }
        }
        return code;
    }

    private static FileDescriptor load(ProgramType type, Optional<AttachType> attachType, int btfId, byte[] code) {
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
                    .set(ProgLoad.PROG_NAME, "verdict")
                    .setIfAny(
                            ProgLoad.EXPECTED_ATTACH_TYPE,
                            attachType.map(AttachType::number).orElse(0))
                    .setIfAny(ProgLoad.ATTACH_BTF_ID, btfId);
            long result = attr.call(BpfCommand.PROG_LOAD);
            if (result < 0) {
                throw new AssertionError(
                        "load " + type + ": " + result + "\n" + log.getString(0, StandardCharsets.UTF_8));
            }
            return FileDescriptor.owning(result);
        }
    }

    LinuxProgram program() {
        return program;
    }

    /** How often it has run. */
    long runs() {
        byte[] value = map.lookup(new byte[4]).orElseThrow();
        return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    @Override
    public void close() {
        program.close();
        map.close();
    }
}
