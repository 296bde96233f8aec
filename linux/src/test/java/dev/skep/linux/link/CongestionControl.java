package dev.skep.linux.link;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.BtfLoad;
import dev.skep.linux.bpf.BpfAttrLayout.MapCreate;
import dev.skep.linux.bpf.BpfAttrLayout.ProgLoad;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.object.program.ProgramType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A TCP congestion control of the simplest kind: the map that stands for it, its value, and its programs. */
final class CongestionControl implements AutoCloseable {
    private static final Path AVAILABLE = Path.of("/proc/sys/net/ipv4/tcp_available_congestion_control");
    private static final Btf TYPES = KernelTypes.all();
    private static final int OPERATIONS = struct("tcp_congestion_ops");
    private static final int VALUE = struct("bpf_struct_ops_tcp_congestion_ops");

    private final List<FileDescriptor> programs = new ArrayList<>();
    private final LinuxMap map;
    private final ByteBuffer value;

    /** @param name at most 15 characters @param flags {@link StructOpsLink#BPF_F_LINK} or 0 */
    CongestionControl(String name, int flags) {
        int size = ((BtfType.Composite) TYPES.type(VALUE)).size();
        value = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        int data = member(VALUE, "data").bitOffset() / Byte.SIZE;
        for (String function : List.of("ssthresh", "undo_cwnd", "cong_avoid")) {
            FileDescriptor program = load(memberIndex(OPERATIONS, function));
            programs.add(program);
            value.putLong(data + member(OPERATIONS, function).bitOffset() / Byte.SIZE, program.number());
        }
        value.put(data + member(OPERATIONS, "name").bitOffset() / Byte.SIZE, name.getBytes(StandardCharsets.US_ASCII));
        MapSpec spec = MapSpec.of("control", MapType.STRUCT_OPS, 4, size, 1).withFlags(flags);
        map = new LinuxMap(spec, create(spec));
    }

    private static int struct(String name) {
        return TYPES.find(name, BtfType.Composite.class).orElseThrow();
    }

    private static BtfType.Member member(int struct, String name) {
        return ((BtfType.Composite) TYPES.type(struct)).members().get(memberIndex(struct, name));
    }

    private static int memberIndex(int struct, String name) {
        List<String> names = ((BtfType.Composite) TYPES.type(struct))
                .members().stream().map(BtfType.Member::name).toList();
        return names.indexOf(name);
    }

    private static FileDescriptor load(int memberIndex) {
        byte[] code = Assembler.instructions("member", "r0 = 2\nexit\n").encode();
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            attr.set(ProgLoad.PROG_TYPE, ProgramType.STRUCT_OPS.number())
                    .set(ProgLoad.INSN_CNT, code.length / 8)
                    .set(ProgLoad.INSNS, arena.allocateFrom(ValueLayout.JAVA_BYTE, code))
                    .set(ProgLoad.LICENSE, arena.allocateFrom("GPL"))
                    .set(ProgLoad.EXPECTED_ATTACH_TYPE, memberIndex)
                    .set(ProgLoad.ATTACH_BTF_ID, OPERATIONS);
            return attr.open(BpfCommand.PROG_LOAD, "load member " + memberIndex);
        }
    }

    private static FileDescriptor create(MapSpec spec) {
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(MapCreate.MAP_TYPE, spec.type().number())
                    .set(MapCreate.KEY_SIZE, spec.keySize())
                    .set(MapCreate.VALUE_SIZE, spec.valueSize())
                    .set(MapCreate.MAX_ENTRIES, 1)
                    .set(MapCreate.MAP_FLAGS, spec.flags())
                    .set(MapCreate.BTF_VMLINUX_VALUE_TYPE_ID, VALUE);
            try (FileDescriptor types = someTypes()) {
                attr.set(MapCreate.BTF_FD, types.number());
                return attr.open(BpfCommand.MAP_CREATE, "create a struct_ops map");
            }
        }
    }

    /** The kernel wants an object's BTF to be there, whatever it says. */
    private static FileDescriptor someTypes() {
        byte[] types = Btf.of(List.of(new BtfType.Typedef("nothing", 0))).write();
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            attr.set(BtfLoad.BTF, arena.allocateFrom(ValueLayout.JAVA_BYTE, types))
                    .set(BtfLoad.BTF_SIZE, types.length);
            return attr.open(BpfCommand.BTF_LOAD, "load types");
        }
    }

    LinuxMap map() {
        return map;
    }

    byte[] value() {
        return value.array();
    }

    /** Whether sockets can choose it. */
    static boolean isAvailable(String name) {
        try {
            return List.of(Files.readString(AVAILABLE).strip().split(" ")).contains(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        map.close();
        programs.forEach(FileDescriptor::close);
    }
}
