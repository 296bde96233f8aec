package dev.skep.object.file;

import dev.skep.object.Bytes;
import dev.skep.object.InputException;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.elf.Elf64;
import dev.skep.object.elf.Relocation;
import dev.skep.object.elf.Section;
import dev.skep.object.elf.Symbol;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.object.program.ProgramType;
import dev.skep.object.program.StructOpsSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the kernel structures that programs implement: the variables of {@code .struct_ops} and {@code .struct_ops.link} (libbpf's
 * {@code init_struct_ops_maps} and {@code bpf_object__collect_st_ops_relos}).
 */
final class StructOpsReader {
    /** {@code BPF_F_LINK} of linux/bpf.h. */
    private static final int BPF_F_LINK = 1 << 13;

    private final ObjectInput input;
    private final Btf btf;
    private final ObjectFunctions functions;

    StructOpsReader(ObjectInput input, ObjectFunctions functions) {
        this.input = input;
        this.btf = input.btf();
        this.functions = functions;
    }

    List<StructOpsSpec> readInto(ObjectMaps maps) {
        List<StructOpsSpec> all = new ArrayList<>();
        for (Section section : input.elf().sections()) {
            if (section.type() == Elf64.SHT_PROGBITS && section.size() > 0 && SectionName.isStructOps(section.name())) {
                read(section, all, maps);
            }
        }
        return all;
    }

    private void read(Section section, List<StructOpsSpec> all, ObjectMaps maps) {
        int id = btf.find(section.name(), BtfType.DataSection.class)
                .orElseThrow(() -> wrong(section, "there is no BTF that says what it holds", "compile with -g"));
        NavigableMap<Long, Relocation> left = new TreeMap<>();
        section.relocations().forEach(r -> left.put(r.offset(), r));
        for (BtfType.SectionVariable place : ((BtfType.DataSection) btf.type(id)).variables()) {
            String name = btf.type(place.type()).name();
            if (!(btf.type(place.type()) instanceof BtfType.Variable variable)
                    || !(btf.type(btf.strip(variable.type())) instanceof BtfType.Composite struct)
                    || struct.union()
                    || struct.name().isEmpty()) {
                throw wrong(section, "'" + name + "' is no variable of a named struct", "use the kernel's structure");
            }
            int size = struct.size();
            if (place.offset() < 0 || (long) place.offset() + size > section.size()) {
                throw wrong(section, "'" + name + "' lies outside the section", "the file is corrupt: compile it again");
            }
            List<StructOpsSpec.Member> members = new ArrayList<>();
            var inside = left.subMap((long) place.offset(), (long) place.offset() + size);
            inside.forEach((offset, relocation) ->
                    members.add(member(section, struct, (int) (offset - place.offset()), relocation)));
            inside.clear();
            StructOpsSpec spec = new StructOpsSpec(
                    name,
                    section.name(),
                    btf.strip(variable.type()),
                    data(section, place.offset(), size, members),
                    !section.name().startsWith("?"),
                    members);
            all.add(spec);
            maps.add(map(spec));
        }
        if (!left.isEmpty()) {
            throw wrong(section, "a relocation lies in no variable", "the file is corrupt: compile it again");
        }
    }

    private static Bytes data(Section section, int offset, int size, List<StructOpsSpec.Member> members) {
        byte[] data = section.content().slice(offset, size).toArray();
        for (StructOpsSpec.Member member : members) {
            for (int i = 0; i < 8; i++) {
                data[member.offset() + i] = 0;
            }
        }
        return Bytes.of(data);
    }

    private StructOpsSpec.Member member(
            Section section, BtfType.Composite struct, int offset, Relocation relocation) {
        BtfType.Member member = struct.members().stream()
                .filter(m -> m.bitOffset() == offset * 8L && m.bitfieldSize() == 0)
                .findFirst()
                .filter(m -> offset + 8 <= struct.size())
                .orElseThrow(() -> wrong(
                        section, "struct " + struct.name() + " has no member at offset " + offset, "compile it again"));
        if (!(btf.type(btf.strip(member.type())) instanceof BtfType.Pointer pointer)
                || !(btf.type(btf.strip(pointer.target())) instanceof BtfType.FunctionPrototype)) {
            throw wrong(section, "'" + member.name() + "' is no pointer to a function", "initialise it with a constant");
        }
        Symbol symbol = input.elf().symbols().get(relocation.symbol());
        String program = functions
                .programAt(symbol.section(), symbol.value())
                .filter(p -> p.type() == ProgramType.STRUCT_OPS)
                .orElseThrow(() -> wrong(
                        section,
                        "'" + member.name() + "' is set to '" + input.elf().nameOf(symbol) + "', which is no struct_ops program",
                        "put the function into SEC(\"struct_ops\")"))
                .name();
        return new StructOpsSpec.Member(member.name(), offset, program);
    }

    private static MapSpec map(StructOpsSpec spec) {
        int flags = spec.section().endsWith(SectionName.STRUCT_OPS_LINK) ? BPF_F_LINK : 0;
        return new MapSpec(
                spec.name(), MapSpec.Role.STRUCT_OPS, MapType.STRUCT_OPS, 4, spec.data().length(), 1, flags, 0, -1,
                MapSpec.Pinning.NONE, Optional.empty(), 0, spec.typeId(), Bytes.EMPTY, List.of(), 0);
    }

    private InputException wrong(Section section, String problem, String advice) {
        return input.wrong(section.name(), problem, advice);
    }
}
