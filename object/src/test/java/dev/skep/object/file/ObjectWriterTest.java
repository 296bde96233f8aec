package dev.skep.object.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.skep.object.BpfObject;
import dev.skep.object.Bytes;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.elf.Elf64;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ExternSpec;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.FunctionSpec.Linkage;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.ProgramType;
import dev.skep.object.program.Reference;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ObjectWriterTest {
    private static final Instruction EXIT = Instruction.of(Opcode.EXIT, 0, 0, 0, 0);
    private static final Instruction LOAD = Instruction.lddw(1, 0, 0);
    private static final Instruction CALL = Instruction.of(Opcode.CALL, 0, Opcode.BPF_PSEUDO_CALL, 0, -1);

    static Stream<Path> readable() {
        return CompiledObjects.readable().stream();
    }

    @ParameterizedTest
    @MethodSource("readable")
    void whatWasReadIsReadAgain(Path file) {
        BpfObject object = ObjectReader.read(CompiledObjects.bytes(file), file.toString());
        BpfObject again = ObjectReader.read(ObjectWriter.write(object), file.toString());
        if (!isLegacy(file)) {
            assertThat(again).isEqualTo(object);
        } else {
            // Legacy maps are written with BTF that declares them.
            assertThat(again.maps()).isEqualTo(object.maps());
            assertThat(again.functions()).isEqualTo(object.functions());
            assertThat(again.programs()).isEqualTo(object.programs());
            assertThat(ObjectReader.read(ObjectWriter.write(again), file.toString()))
                    .isEqualTo(again);
        }
    }

    private static boolean isLegacy(Path file) {
        return file.getFileName().toString().equals("legacy_maps.o");
    }

    /** What a front end makes: no BTF, no care for immediates. */
    private static BpfObject assembled() {
        Instructions main =
                Instructions.of(LOAD, LOAD, LOAD, LOAD, CALL, Instruction.of(Opcode.CALL, 0, 1, 0, 77), EXIT);
        List<Reference> references = List.of(
                new Reference.Map(0, "flows"),
                new Reference.MapValue(2, ".bss", 12),
                new Reference.MapValue(4, ".data", 4),
                new Reference.FunctionAddress(6, 2),
                new Reference.Call(8, 1),
                new Reference.Call(9, 2));
        FunctionSpec entry =
                new FunctionSpec("entry", "xdp", 0, Linkage.GLOBAL, 0, main, references, List.of(), List.of());
        FunctionSpec global = new FunctionSpec(
                "global", ".text", 0, Linkage.GLOBAL, 0, Instructions.of(EXIT), List.of(), List.of(), List.of());
        FunctionSpec local = new FunctionSpec(
                "local", ".text", 8, Linkage.STATIC, 0, Instructions.of(EXIT), List.of(), List.of(), List.of());
        ProgramSpec program = new ProgramSpec(
                "entry", "xdp", ProgramType.XDP, Optional.of(AttachType.XDP), Optional.empty(), true, 0, 0);
        return new BpfObject(
                "assembled",
                List.of(program),
                List.of(entry, global, local),
                List.of(
                        MapSpec.of("flows", MapType.LRU_HASH, 16, 8, 4096).withFlags(2),
                        globals(".data", MapSpec.Role.DATA, Bytes.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}), 8),
                        globals(".bss", MapSpec.Role.BSS, Bytes.EMPTY, 16)),
                List.of(),
                List.of(),
                Btf.EMPTY,
                "Dual BSD/GPL",
                0);
    }

    private static MapSpec globals(String name, MapSpec.Role role, Bytes contents, int size) {
        return new MapSpec(
                name,
                role,
                MapType.ARRAY,
                4,
                size,
                1,
                0,
                0,
                -1,
                MapSpec.Pinning.NONE,
                Optional.empty(),
                0,
                0,
                contents,
                List.of(),
                0);
    }

    @Test
    void anObjectWithoutBtfKeepsItsMeaning() {
        BpfObject object = assembled();
        BpfObject read = ObjectReader.read(ObjectWriter.write(object), "assembled.o");
        assertThat(read.maps()).containsExactlyInAnyOrderElementsOf(object.maps());
        assertThat(read.license()).isEqualTo("Dual BSD/GPL");
        assertThat(read.programs()).isEqualTo(object.programs());
        assertThat(read.functions()).extracting(FunctionSpec::name).containsExactly("entry", "global", "local");
        assertThat(read.functions().getFirst().references())
                .isEqualTo(object.functions().getFirst().references());
        assertThat(ObjectReader.read(ObjectWriter.write(read), "assembled.o")).isEqualTo(read);
    }

    @Test
    void aChangedMapIsDeclaredAnew() {
        BpfObject object = CompiledObjects.object("arena");
        BpfObject changed = object.withMap(object.map("arena").orElseThrow().withMaxEntries(7));
        BpfObject read = ObjectReader.read(ObjectWriter.write(changed), "arena.o");
        assertThat(read.maps()).isEqualTo(changed.maps());
        assertThat(read.functions()).isEqualTo(changed.functions());
    }

    @Test
    void mapsOfEveryShapeAreDeclaredSoThatTheyReadTheSame() {
        MapSpec inner = MapSpec.of("outer.inner", MapType.ARRAY, 4, 8, 2);
        MapSpec first = MapSpec.of("first", MapType.ARRAY, 4, 8, 2);
        MapSpec outer = MapSpec.of("outer", MapType.ARRAY_OF_MAPS, 4, 4, 3)
                .withInner(inner)
                .withValues(List.of(new MapSpec.InitialSlot(1, "first")));
        MapSpec programs = MapSpec.of("programs", MapType.PROG_ARRAY, 4, 4, 9)
                .withValues(List.of(new MapSpec.InitialSlot(0, "entry"), new MapSpec.InitialSlot(8, "entry")));
        MapSpec bloom = new MapSpec(
                "bloom",
                MapSpec.Role.DECLARED,
                MapType.BLOOM_FILTER,
                0,
                8,
                100,
                0,
                5,
                2,
                MapSpec.Pinning.BY_NAME,
                Optional.empty(),
                0,
                0,
                Bytes.EMPTY,
                List.of(),
                0);
        List<MapSpec> maps = List.of(first, outer, programs, bloom, MapSpec.of("ring", MapType.RINGBUF, 0, 0, 4096));
        BpfObject base = assembled();
        FunctionSpec entry = new FunctionSpec(
                "entry", "xdp", 0, Linkage.GLOBAL, 0, Instructions.of(EXIT), List.of(), List.of(), List.of());
        BpfObject object =
                new BpfObject("maps", base.programs(), List.of(entry), maps, List.of(), List.of(), Btf.EMPTY, "GPL", 0);
        assertThat(ObjectReader.read(ObjectWriter.write(object), "maps.o").maps())
                .isEqualTo(maps);
    }

    @Test
    void externsAreDescribedByBtf() {
        Btf btf = Btf.of(List.of(
                new BtfType.Int("int", 4, true, false, false, 0, 32),
                new BtfType.FunctionPrototype(0, List.of(), false),
                new BtfType.Function("bpf_rcu_read_lock", BtfType.Linkage.EXTERN, 2)));
        List<ExternSpec> externs = List.of(
                new ExternSpec.Kconfig("CONFIG_HZ", true, 1, 0, 4),
                new ExternSpec.KernelVariable("bpf_prog_active", false, 1),
                new ExternSpec.KernelFunction("bpf_rcu_read_lock", true, 3));
        FunctionSpec entry = new FunctionSpec(
                "entry",
                "tc",
                0,
                Linkage.GLOBAL,
                0,
                Instructions.of(LOAD, LOAD, CALL, EXIT),
                List.of(
                        new Reference.ExternVariable(0, 0),
                        new Reference.ExternVariable(2, 1),
                        new Reference.KernelFunctionCall(4, 2)),
                List.of(),
                List.of());
        ProgramSpec program =
                new ProgramSpec("entry", "tc", ProgramType.SCHED_CLS, Optional.empty(), Optional.empty(), true, 0, 0);
        BpfObject object = new BpfObject(
                "externs", List.of(program), List.of(entry), List.of(), externs, List.of(), btf, "GPL", 0);
        BpfObject read = ObjectReader.read(ObjectWriter.write(object), "externs.o");
        assertThat(read.externs())
                .extracting(e -> e.getClass().getSimpleName() + " " + e.name() + " " + e.weak())
                .containsExactly(
                        "Kconfig CONFIG_HZ true",
                        "KernelVariable bpf_prog_active false",
                        "KernelFunction bpf_rcu_read_lock true");
        assertThat(read.functions()).isEqualTo(object.functions());
        assertThat(read.map(".kconfig")).map(MapSpec::valueSize).contains(4);
    }

    @Test
    void overlappingFunctionsAreAProgrammingError() {
        BpfObject base = assembled();
        FunctionSpec other = new FunctionSpec(
                "other", "xdp", 8, Linkage.GLOBAL, 0, Instructions.of(EXIT), List.of(), List.of(), List.of());
        BpfObject object = new BpfObject(
                "bad",
                base.programs(),
                List.of(base.functions().getFirst(), other, base.functions().getLast()),
                base.maps(),
                List.of(),
                List.of(),
                Btf.EMPTY,
                "GPL",
                0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ObjectWriter.write(object))
                .withMessageContaining("function other overlaps entry in section xdp");
    }

    @Test
    void aReferenceToNothingIsAProgrammingError() {
        BpfObject base = assembled();
        BpfObject object = new BpfObject(
                "bad", base.programs(), base.functions(), List.of(), List.of(), List.of(), Btf.EMPTY, "GPL", 0);
        assertThatIllegalArgumentException().isThrownBy(() -> ObjectWriter.write(object));
    }

    @Test
    @NeedsTool("bpftool")
    void libbpfOpensWhatWasWritten(@TempDir Path folder) throws IOException {
        for (Path file : CompiledObjects.readable()) {
            boolean opens = opens(file);
            BpfObject object = ObjectReader.read(CompiledObjects.bytes(file), file.toString());
            Path written = Files.write(folder.resolve("written.o"), ObjectWriter.write(object));
            assertThat(opens(written)).as(file.toString()).isEqualTo(opens || isLegacy(file));
        }
        assertThat(opens(Files.write(folder.resolve("assembled.o"), ObjectWriter.write(assembled()))))
                .isTrue();
    }

    private static boolean opens(Path file) {
        return Tools.run(List.of("bpftool", "gen", "skeleton", file.toString(), "name", "x"), Duration.ofSeconds(20))
                        .exitCode()
                == 0;
    }

    @Test
    @NeedsTool("llvm-objdump-19")
    void llvmSeesTheSameInstructionsAndRelocations(@TempDir Path folder) throws IOException {
        Path file = CompiledObjects.path("functions");
        Path written =
                Files.write(folder.resolve("functions.o"), ObjectWriter.write(CompiledObjects.object("functions")));
        assertThat(disassembly(written)).isEqualTo(disassembly(file)).contains("R_BPF_64_32");
    }

    private static String disassembly(Path file) {
        String text = Tools.run(
                        List.of("llvm-objdump-19", "-dr", "--no-show-raw-insn", file.toString()),
                        Duration.ofSeconds(20))
                .expectSuccess()
                .stdout();
        // The first lines name the file; labels of jumps are symbols that clang leaves behind.
        return text.lines()
                .skip(2)
                .filter(line -> !line.contains("<LBB") || line.contains("call"))
                .map(line -> line.replaceAll("<[^>]*\\+?0?x?[0-9a-f]*>", ""))
                .filter(line -> !line.isBlank())
                .reduce("", (all, line) -> all + line.strip() + "\n");
    }

    @Test
    void codeSectionsAreExecutable() {
        assertThat(dev.skep.object.elf.ElfFile.read(
                                ObjectWriter.write(assembled()), dev.skep.object.Location.in("assembled.o"))
                        .section("xdp")
                        .orElseThrow()
                        .flags())
                .isEqualTo(Elf64.SHF_ALLOC | Elf64.SHF_EXECINSTR);
    }
}
