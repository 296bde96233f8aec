package dev.skep.linux.info;

import dev.skep.linux.bpf.BpfInfoLayout.FuncInfo;
import dev.skep.linux.bpf.BpfInfoLayout.LineInfo;
import dev.skep.linux.bpf.BpfInfoLayout.ProgInfo;
import dev.skep.linux.bpf.Field;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.Bytes;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.program.FunctionSpec.Line;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The code of a program in the kernel, with what is known about it. The kernel shows neither rewritten nor machine code to who may not
 * see kernel addresses (without CAP_SYSLOG where {@code kernel.kptr_restrict} is set); the lists are empty then.
 *
 * @param translated the instructions after the verifier's rewriting; references to maps are {@code lddw}s of map ids
 * @param functions where each function begins, ascending; empty if the program was loaded without BTF
 * @param lines source lines by slot, ascending; empty likewise
 * @param compiled the machine code of each function, in the same order; empty if interpreted
 * @param lineAddresses for each of {@code lines} the address of its machine code
 */
public record ProgramCode(
        Instructions translated,
        List<Function> functions,
        List<Line> lines,
        List<CompiledFunction> compiled,
        List<Long> lineAddresses) {

    public ProgramCode {
        functions = List.copyOf(functions);
        lines = List.copyOf(lines);
        compiled = List.copyOf(compiled);
        lineAddresses = List.copyOf(lineAddresses);
    }

    /** A function. @param slot where it begins among the instructions @param typeId its BTF type */
    public record Function(int slot, int typeId, String name) {}

    /** A function's machine code. @param address in the kernel's memory @param tag of its instructions, for its symbol's name */
    public record CompiledFunction(long address, Bytes tag, Bytes code) {}

    /** The code of a program. @throws HostException if the descriptor is not a program's */
    public static ProgramCode of(FileDescriptor descriptor) {
        try (InfoBlock sizes = new InfoBlock();
                InfoBlock block = new InfoBlock()) {
            sizes.read(descriptor, "a program");
            return new Reading(sizes, block).read(descriptor);
        }
    }

    /** The name of the program's first function, which the kernel has not cut; empty if the program was loaded without BTF. */
    public Optional<String> name() {
        return functions.stream().map(Function::name).findFirst();
    }

    /** The arrays behind {@code struct bpf_prog_info}: made as large as a first look said, filled by a second. */
    private static final class Reading {
        private static final int TAG_SIZE = 8; // BPF_TAG_SIZE

        private final InfoBlock sizes;
        private final InfoBlock block;
        private final MemorySegment translated;
        private final MemorySegment machineCode;
        private final MemorySegment addresses;
        private final MemorySegment lengths;
        private final MemorySegment tags;
        private final MemorySegment functions;
        private final MemorySegment lines;
        private final MemorySegment lineAddresses;

        Reading(InfoBlock sizes, InfoBlock block) {
            this.sizes = sizes;
            this.block = block;
            translated = array(ProgInfo.XLATED_PROG_INSNS, ProgInfo.XLATED_PROG_LEN, 1);
            machineCode = array(ProgInfo.JITED_PROG_INSNS, ProgInfo.JITED_PROG_LEN, 1);
            addresses = array(ProgInfo.JITED_KSYMS, ProgInfo.NR_JITED_KSYMS, Long.BYTES);
            lengths = array(ProgInfo.JITED_FUNC_LENS, ProgInfo.NR_JITED_FUNC_LENS, Integer.BYTES);
            tags = array(ProgInfo.PROG_TAGS, ProgInfo.NR_PROG_TAGS, TAG_SIZE);
            functions = records(ProgInfo.FUNC_INFO, ProgInfo.NR_FUNC_INFO, ProgInfo.FUNC_INFO_REC_SIZE);
            lines = records(ProgInfo.LINE_INFO, ProgInfo.NR_LINE_INFO, ProgInfo.LINE_INFO_REC_SIZE);
            lineAddresses =
                    records(ProgInfo.JITED_LINE_INFO, ProgInfo.NR_JITED_LINE_INFO, ProgInfo.JITED_LINE_INFO_REC_SIZE);
        }

        private MemorySegment array(Field pointer, Field count, int elementSize) {
            return block.room(pointer, count, sizes.number(count), elementSize);
        }

        private MemorySegment records(Field pointer, Field count, Field size) {
            block.set(size, sizes.number(size));
            return array(pointer, count, sizes.word(size));
        }

        /** Whether the kernel filled an array: it takes away the pointers to those it does not show. */
        private boolean shown(Field pointer) {
            return block.number(pointer) != 0;
        }

        ProgramCode read(FileDescriptor descriptor) {
            block.read(descriptor, "a program");
            int btfId = block.word(ProgInfo.BTF_ID);
            Btf types = btfId == 0 ? Btf.EMPTY : types(btfId);
            return new ProgramCode(
                    instructions(),
                    functions(types),
                    lines(types),
                    compiled(),
                    shown(ProgInfo.JITED_LINE_INFO)
                            ? InfoBlock.longs(lineAddresses, block.number(ProgInfo.NR_JITED_LINE_INFO))
                            : List.of());
        }

        private static Btf types(int btfId) {
            try (FileDescriptor descriptor = ObjectKind.BTF.open(btfId)) {
                return BtfInfo.of(descriptor).types(Btf.EMPTY);
            }
        }

        private Instructions instructions() {
            if (!shown(ProgInfo.XLATED_PROG_INSNS)) {
                return Instructions.EMPTY;
            }
            byte[] code = translated.toArray(ValueLayout.JAVA_BYTE);
            return Instructions.decode(code, 0, code.length, Location.in("program " + block.number(ProgInfo.ID)));
        }

        private List<Function> functions(Btf types) {
            List<Function> list = new ArrayList<>();
            for (MemorySegment each : split(functions, sizes.word(ProgInfo.FUNC_INFO_REC_SIZE))) {
                int typeId = number(each, FuncInfo.TYPE_ID);
                String name = types.type(typeId) instanceof BtfType.Function function ? function.name() : "";
                list.add(new Function(number(each, FuncInfo.INSN_OFF), typeId, name));
            }
            return list;
        }

        private List<Line> lines(Btf types) {
            List<Line> list = new ArrayList<>();
            for (MemorySegment each : split(lines, sizes.word(ProgInfo.LINE_INFO_REC_SIZE))) {
                int position = number(each, LineInfo.LINE_COL);
                list.add(new Line(
                        number(each, LineInfo.INSN_OFF),
                        types.string(number(each, LineInfo.FILE_NAME_OFF)),
                        position >>> 10,
                        position & 0x3ff,
                        types.string(number(each, LineInfo.LINE_OFF))));
            }
            return list;
        }

        private static int number(MemorySegment structure, Field field) {
            return structure.get(ValueLayout.JAVA_INT, field.offset());
        }

        private static List<MemorySegment> split(MemorySegment array, int size) {
            return array.byteSize() == 0
                    ? List.of()
                    : array.elements(MemoryLayout.sequenceLayout(size / Integer.BYTES, ValueLayout.JAVA_INT))
                            .toList();
        }

        private List<CompiledFunction> compiled() {
            if (!shown(ProgInfo.JITED_PROG_INSNS) || !shown(ProgInfo.JITED_KSYMS)) {
                return List.of();
            }
            List<Long> starts = InfoBlock.longs(addresses, block.number(ProgInfo.NR_JITED_KSYMS));
            List<Integer> sizesOfCode = InfoBlock.ints(lengths, block.number(ProgInfo.NR_JITED_FUNC_LENS));
            List<CompiledFunction> list = new ArrayList<>();
            long from = 0;
            for (int i = 0; i < Math.min(starts.size(), sizesOfCode.size()); i++) {
                Bytes tag = Bytes.of(tags.asSlice((long) i * TAG_SIZE, TAG_SIZE).toArray(ValueLayout.JAVA_BYTE));
                byte[] code = machineCode.asSlice(from, sizesOfCode.get(i)).toArray(ValueLayout.JAVA_BYTE);
                list.add(new CompiledFunction(starts.get(i), tag, Bytes.of(code)));
                from += sizesOfCode.get(i);
            }
            return list;
        }
    }
}
