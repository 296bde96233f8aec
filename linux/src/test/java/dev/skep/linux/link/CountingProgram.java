package dev.skep.linux.link;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.Info;
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

/** A program that counts how often it runs in one process, and keeps the cookie it was attached with. */
final class CountingProgram implements AutoCloseable {
    private static final int LOG_SIZE = 1 << 16;

    private final LinuxMap map;
    private final LinuxProgram program;

    private CountingProgram(LinuxMap map, LinuxProgram program) {
        this.map = map;
        this.program = program;
    }

    /**
     * What to load.
     *
     * @param attachType empty for none @param btfId of the function or hook it is for, 0 for none
     * @param pid the process in which runs count, 0 for all
     * @param hasCookie whether programs of this kind may ask for their cookie
     */
    record Kind(ProgramType type, Optional<AttachType> attachType, int btfId, long pid, boolean hasCookie) {
        static Kind of(ProgramType type) {
            return new Kind(type, Optional.empty(), 0, ProcessHandle.current().pid(), true);
        }

        static Kind of(ProgramType type, AttachType attachType) {
            return new Kind(
                    type, Optional.of(attachType), 0, ProcessHandle.current().pid(), true);
        }

        Kind anyProcess() {
            return new Kind(type, attachType, btfId, 0, hasCookie);
        }

        Kind forType(int id) {
            return new Kind(type, attachType, id, pid, hasCookie);
        }

        Kind withoutCookie() {
            return new Kind(type, attachType, btfId, pid, false);
        }
    }

    static CountingProgram load(Kind kind) {
        MapSpec spec = MapSpec.of("runs", MapType.ARRAY, 4, 16, 1);
        LinuxMap map = new LinuxMap(spec, createMap(spec));
        FileDescriptor descriptor;
        try {
            descriptor = loadProgram(kind, code(kind, map.descriptor().number()));
        } catch (RuntimeException e) {
            map.close();
            throw e;
        }
        ProgramSpec program =
                new ProgramSpec("count", "count", kind.type, kind.attachType, Optional.empty(), true, 0, 0);
        return new CountingProgram(map, new LinuxProgram(program, descriptor));
    }

    private static byte[] code(Kind kind, int map) {
        String filter = kind.pid == 0 ? "" : """
                call bpf_get_current_pid_tgid
                r0 >>= 32
                if r0 != %d goto out
                """.formatted(kind.pid);
        String cookie = kind.hasCookie ? "r1 = r6\ncall bpf_get_attach_cookie\nr7 = r0\n" : "r7 = 0\n";
        byte[] code = Assembler.instructions("count", """
                r6 = r1
                %s
                %s
                *(u32 *)(r10 - 4) = 0
                r2 = r10
                r2 += -4
                r1 = %d ll
                call bpf_map_lookup_elem
                if r0 == 0 goto out
                *(u64 *)(r0 + 8) = r7
                r1 = 1
                lock *(u64 *)(r0 + 0) += r1
                out:
                r0 = 0
                exit
                """.formatted(filter, cookie, map))
                .encode();
        for (int at = 0; at < code.length; at += 8) {
            if (code[at] == 0x18) {
                code[at + 1] |= 0x10; // BPF_PSEUDO_MAP_FD
            }
        }
        return code;
    }

    private static FileDescriptor createMap(MapSpec spec) {
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(MapCreate.MAP_TYPE, spec.type().number())
                    .set(MapCreate.KEY_SIZE, spec.keySize())
                    .set(MapCreate.VALUE_SIZE, spec.valueSize())
                    .set(MapCreate.MAX_ENTRIES, spec.maxEntries());
            return attr.open(BpfCommand.MAP_CREATE, "create the map of runs");
        }
    }

    private static FileDescriptor loadProgram(Kind kind, byte[] code) {
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            MemorySegment log = arena.allocate(LOG_SIZE);
            attr.set(ProgLoad.PROG_TYPE, kind.type.number())
                    .set(ProgLoad.INSN_CNT, code.length / 8)
                    .set(ProgLoad.INSNS, arena.allocateFrom(ValueLayout.JAVA_BYTE, code))
                    .set(ProgLoad.LICENSE, arena.allocateFrom("GPL"))
                    .set(ProgLoad.LOG_LEVEL, 1)
                    .set(ProgLoad.LOG_SIZE, LOG_SIZE)
                    .set(ProgLoad.LOG_BUF, log)
                    .set(ProgLoad.PROG_NAME, "count")
                    .setIfAny(
                            ProgLoad.EXPECTED_ATTACH_TYPE,
                            kind.attachType.map(AttachType::number).orElse(0))
                    .setIfAny(ProgLoad.ATTACH_BTF_ID, kind.btfId);
            long result = attr.call(BpfCommand.PROG_LOAD);
            if (result < 0) {
                throw new AssertionError("load: " + result + "\n" + log.getString(0, StandardCharsets.UTF_8));
            }
            return FileDescriptor.owning(result);
        }
    }

    LinuxProgram program() {
        return program;
    }

    /** The id of the map it counts in. */
    int mapId() {
        // struct bpf_map_info of linux/bpf.h: type, then id.
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            MemorySegment info = arena.allocate(8);
            attr.set(Info.BPF_FD, map.descriptor().number())
                    .set(Info.INFO_LEN, 8)
                    .set(Info.INFO, info);
            attr.call(BpfCommand.OBJ_GET_INFO_BY_FD, "ask for the id of the map of runs");
            return info.get(ValueLayout.JAVA_INT, 4);
        }
    }

    /** How often it has run. */
    long runs() {
        return value().getLong(0);
    }

    /** The cookie of its last run. */
    long cookie() {
        return value().getLong(8);
    }

    private ByteBuffer value() {
        return ByteBuffer.wrap(map.lookup(new byte[4]).orElseThrow()).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        program.close();
        map.close();
    }
}
