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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private static final int POINTER = 8;

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
            StructOpsSpec spec = read(section, place, left);
            all.add(spec);
            maps.add(map(spec));
        }
        if (!left.isEmpty()) {
            throw wrong(section, "a relocation lies in no variable", "the file is corrupt: compile it again");
        }
    }

    /** Reads one variable; its relocations are taken out of {@code left}. */
    private StructOpsSpec read(Section section, BtfType.SectionVariable place, NavigableMap<Long, Relocation> left) {
        String name = btf.type(place.type()).name();
        int type = btf.type(place.type()) instanceof BtfType.Variable variable ? btf.strip(variable.type()) : 0;
        if (!(btf.type(type) instanceof BtfType.Composite struct)
                || struct.union()
                || struct.name().isEmpty()) {
            throw wrong(section, "'" + name + "' is no variable of a named struct", "use the kernel's structure");
        }
        if (place.offset() < 0 || (long) place.offset() + struct.size() > section.size()) {
            throw wrong(section, "'" + name + "' lies outside the section", "the file is corrupt: compile it again");
        }
        Map<Integer, BtfType.Member> memberByOffset = new HashMap<>();
        struct.members().forEach(m -> memberByOffset.putIfAbsent(m.bitOffset(), m));
        List<StructOpsSpec.Member> members = new ArrayList<>();
        NavigableMap<Long, Relocation> inside =
                left.subMap((long) place.offset(), true, (long) place.offset() + struct.size(), false);
        inside.forEach((at, relocation) -> {
            int offset = (int) (at - place.offset());
            BtfType.Member member = memberByOffset.get(offset * 8);
            if (member == null || offset + POINTER > struct.size()) {
                throw wrong(
                        section, "struct " + struct.name() + " has no member at offset " + offset, "compile it again");
            }
            members.add(new StructOpsSpec.Member(member.name(), offset, program(section, member, relocation)));
        });
        inside.clear();
        return new StructOpsSpec(
                name,
                section.name(),
                type,
                data(section, place.offset(), struct.size(), members),
                !section.name().startsWith("?"),
                members);
    }

    private static Bytes data(Section section, int offset, int size, List<StructOpsSpec.Member> members) {
        byte[] data = section.content().slice(offset, size).toArray();
        for (StructOpsSpec.Member member : members) {
            for (int i = 0; i < POINTER; i++) {
                data[member.offset() + i] = 0;
            }
        }
        return Bytes.of(data);
    }

    /** The program that a member points at. */
    private String program(Section section, BtfType.Member member, Relocation relocation) {
        if (!(btf.type(btf.strip(member.type())) instanceof BtfType.Pointer pointer)
                || !(btf.type(btf.strip(pointer.target())) instanceof BtfType.FunctionPrototype)) {
            throw wrong(
                    section, "'" + member.name() + "' is no pointer to a function", "initialise it with a constant");
        }
        Symbol symbol = input.elf().symbols().get(relocation.symbol());
        return functions
                .programAt(symbol.section(), symbol.value())
                .filter(p -> p.type() == ProgramType.STRUCT_OPS)
                .orElseThrow(() -> wrong(
                        section,
                        "'" + member.name() + "' is set to '" + input.elf().nameOf(symbol)
                                + "', which is no struct_ops program",
                        "put the function into SEC(\"struct_ops\")"))
                .name();
    }

    private static MapSpec map(StructOpsSpec spec) {
        int flags = spec.section().endsWith(SectionName.STRUCT_OPS_LINK) ? BPF_F_LINK : 0;
        return new MapSpec(
                spec.name(),
                MapSpec.Role.STRUCT_OPS,
                MapType.STRUCT_OPS,
                4,
                spec.data().length(),
                1,
                flags,
                0,
                -1,
                MapSpec.Pinning.NONE,
                Optional.empty(),
                0,
                spec.typeId(),
                Bytes.EMPTY,
                List.of(),
                0);
    }

    private InputException wrong(Section section, String problem, String advice) {
        return input.wrong(section.name(), problem, advice);
    }
}
