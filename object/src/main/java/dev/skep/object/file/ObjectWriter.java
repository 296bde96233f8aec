package dev.skep.object.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skep.object.BpfObject;
import dev.skep.object.Bytes;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfExt;
import dev.skep.object.btf.BtfSections;
import dev.skep.object.elf.Elf64;
import dev.skep.object.elf.ElfWriter;
import dev.skep.object.map.MapSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;

/**
 * Writes a BPF object as the ELF file that libbpf, bpftool and llvm-objdump expect. Reading it again gives an equal object, if the
 * object's BTF describes its maps, externs and kernel structures, as it does in any object that was read from a file with BTF;
 * otherwise BTF for them is added. Maps are always written BTF-defined.
 *
 * <p>Instructions are written as they are, wherever they agree with their references; where they do not, as front ends may
 * leave them, their immediate is set to what an assembler would have written. What a program's section name does not say
 * (a type set by hand, for example) is not in the file.
 */
public final class ObjectWriter {
    private static final long CODE = Elf64.SHF_ALLOC | Elf64.SHF_EXECINSTR;
    private static final long DATA = Elf64.SHF_ALLOC | Elf64.SHF_WRITE;
    private static final int ALIGNMENT = 8;

    private final BpfObject object;
    private final Btf btf;
    private final CodeLayout layout;
    private final ElfWriter elf = new ElfWriter();
    private final SymbolPlaces symbols;

    private ObjectWriter(BpfObject object) {
        this.object = object;
        this.layout = new CodeLayout(object.functions());
        this.btf = new DeclaredTypes(object).complete();
        this.symbols = new SymbolPlaces(elf);
    }

    /**
     * Writes an object.
     *
     * @return the bytes of a relocatable ELF64 file
     * @throws IllegalArgumentException if the object contradicts itself: functions that overlap in their section, references
     *     to what is not there
     */
    public static byte[] write(BpfObject object) {
        return write(object, Map.of());
    }

    /**
     * The same with sections of the caller's own, which no loader looks at.
     *
     * @param sections what is in them by their names
     */
    public static byte[] write(BpfObject object, Map<String, Bytes> sections) {
        ObjectWriter writer = new ObjectWriter(object);
        sections.forEach((name, content) -> writer.elf.section(name, Elf64.SHT_PROGBITS, 0, 1, 0, content));
        return writer.write();
    }

    /**
     * The same object, its BTF completed by what declares its maps, externs and kernel structures; the ids of types that are there
     * stay. Written and read again, it is equal to itself.
     */
    public static BpfObject withDeclarations(BpfObject object) {
        return new BpfObject(
                object.name(),
                object.programs(),
                object.functions(),
                object.maps(),
                object.externs(),
                object.structOps(),
                new DeclaredTypes(object).complete(),
                object.license(),
                object.kernelVersion());
    }

    private byte[] write() {
        Map<String, byte[]> code = layout.emptyCode();
        FunctionPlaces functions = new FunctionPlaces(object, symbols);
        ReferenceWriter references = new ReferenceWriter(object, elf, symbols, functions);
        layout.bySection().values().forEach(list -> list.forEach(f -> references.encodeInto(f, code)));
        code.forEach((name, bytes) -> addSection(name, Elf64.SHT_PROGBITS, CODE, Bytes.of(bytes)));
        addGlobals();
        addTexts();
        new DataSymbols(object, btf, elf, symbols).add();
        functions.addSymbols();
        references.addRelocations();
        new PointerWriter(object, btf, elf, symbols, functions).addRelocations();
        addBtf();
        return elf.toBytes();
    }

    private void addSection(String name, int type, long flags, Bytes content) {
        symbols.addSection(name, elf.section(name, type, flags, ALIGNMENT, 0, content));
    }

    private void addGlobals() {
        for (MapSpec map : object.maps()) {
            switch (map.role()) {
                case RODATA -> addSection(map.name(), Elf64.SHT_PROGBITS, Elf64.SHF_ALLOC, contents(map));
                case DATA, ARENA_GLOBALS -> addSection(map.name(), Elf64.SHT_PROGBITS, DATA, contents(map));
                case BSS ->
                    symbols.addSection(map.name(), elf.zeroSection(map.name(), DATA, ALIGNMENT, map.valueSize()));
                case DECLARED, KCONFIG, STRUCT_OPS -> {}
            }
        }
    }

    private static Bytes contents(MapSpec map) {
        return map.contents().length() == map.valueSize()
                ? map.contents()
                : Bytes.of(Arrays.copyOf(map.contents().toArray(), map.valueSize()));
    }

    private void addTexts() {
        if (!object.license().isEmpty()) {
            byte[] text = (object.license() + "\0").getBytes(UTF_8);
            int size = DataSymbols.sizeOf(btf, SectionName.LICENSE).orElse(text.length);
            addSection(
                    SectionName.LICENSE,
                    Elf64.SHT_PROGBITS,
                    DATA,
                    Bytes.of(Arrays.copyOf(text, Math.max(size, text.length))));
        }
        if (object.kernelVersion() != 0) {
            byte[] version = ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(object.kernelVersion())
                    .array();
            addSection(SectionName.VERSION, Elf64.SHT_PROGBITS, DATA, Bytes.of(version));
        }
    }

    private void addBtf() {
        BtfExt ext = CodeNotes.collect(layout.bySection());
        boolean isExtEmpty = ext.equals(BtfExt.EMPTY);
        if (btf.typeCount() == 1 && isExtEmpty) {
            return;
        }
        BtfSections sections = BtfSections.write(btf, ext);
        elf.section(SectionName.BTF, Elf64.SHT_PROGBITS, 0, ALIGNMENT, 0, sections.btf());
        // libbpf takes a .BTF.ext that says nothing for corrupt.
        if (!isExtEmpty) {
            elf.section(SectionName.BTF_EXT, Elf64.SHT_PROGBITS, 0, ALIGNMENT, 0, sections.ext());
        }
    }
}
