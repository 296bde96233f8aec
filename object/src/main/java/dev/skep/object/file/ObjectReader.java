package dev.skep.object.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skep.object.BpfObject;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.elf.Elf64;
import dev.skep.object.elf.ElfFile;
import dev.skep.object.elf.Section;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.StructOpsSpec;
import java.util.List;
import java.util.Optional;

/**
 * Reads a BPF object file as clang, GCC and {@code bpftool gen object} write it: programs by section name, subprograms, maps
 * (BTF-defined and legacy), globals as maps, externs, struct_ops, BTF. The conventions are libbpf's (tools/lib/bpf/libbpf.c), named at
 * each part; where libbpf 1.x refuses something harmless (legacy {@code maps}, static functions outside {@code .text}), it is
 * read.
 */
public final class ObjectReader {
    private ObjectReader() {}

    /**
     * Reads an object.
     *
     * @param name the file as the user named it, for messages; without folders and {@code .o} it names the object
     * @throws dev.skep.object.InputException if the bytes are no BPF object, corrupt, or refer to something undefined
     */
    public static BpfObject read(byte[] elf, String name) {
        return read(ElfFile.read(elf, Location.in(name)));
    }

    /** Reads an object that is already taken apart; {@code elf.where().source()} names it. */
    public static BpfObject read(ElfFile elf) {
        ObjectInput raw = ObjectInput.of(elf);
        Externs externs = new ExternReader(raw).read();
        Btf btf = DataSectionLayout.applyTo(raw.btf(), elf, externs);
        ObjectInput input = raw.withBtf(btf);
        ObjectFunctions functions = new FunctionFinder(input).find();
        ObjectMaps maps = new ObjectMaps();
        new BtfMapReader(input).readInto(maps);
        new LegacyMapReader(input).readInto(maps);
        new MapValuesReader(input, functions, maps).read();
        new GlobalsReader(input).readInto(maps, externs);
        List<StructOpsSpec> structOps = new StructOpsReader(input, functions).readInto(maps);
        List<FunctionSpec> code = new FunctionReader(input, functions, maps, externs).read();
        return new BpfObject(
                objectName(elf.where().source()),
                functions.programs(),
                code,
                maps.list(),
                externs.list(),
                structOps,
                btf,
                license(elf),
                version(input));
    }

    static String objectName(String path) {
        String base = path.substring(path.lastIndexOf('/') + 1);
        return base.endsWith(".o") && base.length() > 2 ? base.substring(0, base.length() - 2) : base;
    }

    private static String license(ElfFile elf) {
        byte[] text = content(elf, SectionName.LICENSE).orElse(new byte[0]);
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return new String(text, 0, end, UTF_8);
    }

    private static int version(ObjectInput input) {
        Optional<byte[]> bytes = content(input.elf(), SectionName.VERSION);
        if (bytes.isEmpty()) {
            return 0;
        }
        byte[] b = bytes.get();
        if (b.length != 4) {
            throw input.wrong(
                    SectionName.VERSION,
                    "a kernel version of " + b.length + " bytes",
                    "declare it as `__u32 _version SEC(\"version\") = LINUX_VERSION_CODE;`");
        }
        return (b[0] & 0xff) | (b[1] & 0xff) << 8 | (b[2] & 0xff) << 16 | b[3] << 24;
    }

    private static Optional<byte[]> content(ElfFile elf, String name) {
        return elf.section(name)
                .filter(s -> s.type() == Elf64.SHT_PROGBITS && s.size() > 0)
                .map(Section::content)
                .map(b -> b.toArray());
    }
}
