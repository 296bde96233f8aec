package dev.skep.object.file;

import static dev.skep.object.file.CompiledObjects.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.btf.BtfType;
import dev.skep.object.elf.Elf64;
import dev.skep.object.elf.ElfFile;
import dev.skep.object.elf.Section;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapSpec.Role;
import dev.skep.object.map.MapType;
import dev.skep.object.program.ExternSpec;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.FunctionSpec.Linkage;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.Reference;
import dev.skep.object.program.StructOpsSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ObjectReaderTest {
    private static FunctionSpec function(BpfObject object, String name) {
        return object.functions().stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> callees(BpfObject object, String caller) {
        return function(object, caller).references().stream()
                .filter(Reference.Call.class::isInstance)
                .map(r ->
                        object.functions().get(((Reference.Call) r).function()).name())
                .toList();
    }

    private static MapSpec map(BpfObject object, String name) {
        return object.map(name).orElseThrow();
    }

    @Nested
    class Functions {
        private final BpfObject object = object("functions");

        @Test
        void theObjectIsNamedAfterItsFile() {
            assertThat(ObjectReader.read(CompiledObjects.bytes("functions"), "/tmp/build/functions.bpf.o")
                            .name())
                    .isEqualTo("functions.bpf");
        }

        @Test
        void programsAreTheGlobalFunctionsOutsideText() {
            assertThat(object.programs())
                    .extracting(p -> p.section() + " " + p.name())
                    .containsExactly("xdp first", "xdp second", "xdp third", "tc classify", "?tc throws");
        }

        @Test
        void programsMarkedOptionalAreNotLoadedUnlessAskedFor() {
            assertThat(object.programs())
                    .extracting(ProgramSpec::autoload)
                    .containsExactly(true, true, true, true, false);
        }

        @Test
        void linkageIsThatOfTheSymbol() {
            assertThat(function(object, "global_one").linkage()).isEqualTo(Linkage.GLOBAL);
            assertThat(function(object, "weak_one").linkage()).isEqualTo(Linkage.GLOBAL);
            assertThat(function(object, "hidden_one").linkage()).isEqualTo(Linkage.HIDDEN);
            assertThat(function(object, "static_one").linkage()).isEqualTo(Linkage.STATIC);
        }

        @Test
        void callsFindGlobalAndStaticFunctions() {
            assertThat(callees(object, "first")).containsExactly("unused_by_second");
            assertThat(callees(object, "unused_by_second")).containsExactly("static_one");
            assertThat(callees(object, "static_one")).containsExactly("hidden_one");
            assertThat(callees(object, "hidden_one")).containsExactlyInAnyOrder("weak_one", "global_one");
        }

        @Test
        void staticFunctionsBesideProgramsAreSubprograms() {
            assertThat(callees(object, "classify")).containsExactly("beside", "beside");
            assertThat(function(object, "beside").section()).isEqualTo("tc");
            assertThat(object.program("beside")).isEmpty();
        }

        @Test
        void callbacksAreAddressesOfFunctions() {
            assertThat(function(object, "first").references())
                    .filteredOn(Reference.FunctionAddress.class::isInstance)
                    .extracting(r -> object.functions()
                            .get(((Reference.FunctionAddress) r).function())
                            .name())
                    .containsExactly("count");
        }

        @Test
        void anAliasHasTheSameCodeUnderAnotherName() {
            assertThat(function(object, "third").instructions())
                    .isEqualTo(function(object, "second").instructions());
            assertThat(function(object, "third").sectionOffset())
                    .isEqualTo(function(object, "second").sectionOffset());
        }

        @Test
        void kernelFunctionsAreExterns() {
            assertThat(object.externs()).hasSize(1);
            ExternSpec extern = object.externs().getFirst();
            assertThat(extern).isInstanceOf(ExternSpec.KernelFunction.class);
            assertThat(extern.name()).isEqualTo("bpf_throw");
            assertThat(function(object, "throws").references()).contains(new Reference.KernelFunctionCall(2, 0));
        }

        @Test
        void everyFunctionHasItsTypeAndItsLines() {
            for (FunctionSpec f : object.functions()) {
                assertThat(object.btf().type(f.typeId())).isInstanceOf(BtfType.Function.class);
                assertThat(f.lines()).isNotEmpty().allSatisfy(line -> {
                    assertThat(line.file()).endsWith("functions.c");
                    assertThat(line.slot()).isBetween(0, f.instructions().slotCount() - 1);
                });
                assertThat(f.lines()).extracting(FunctionSpec.Line::slot).isSorted();
            }
        }
    }

    @Nested
    class Globals {
        private final BpfObject object = object("data");

        @Test
        void everySectionOfVariablesIsAMapNamedAfterIt() {
            assertThat(object.maps())
                    .extracting(m -> m.name() + " " + m.role())
                    .containsExactly(
                            ".rodata RODATA",
                            ".rodata.defaults RODATA",
                            ".data.secret DATA",
                            ".data.stamps DATA",
                            ".bss BSS",
                            ".bss.private BSS",
                            ".data DATA");
        }

        @Test
        void aMapOfVariablesIsAnArrayOfOneValue() {
            MapSpec defaults = map(object, ".rodata.defaults");
            assertThat(defaults.type()).isEqualTo(MapType.ARRAY);
            assertThat(defaults.keySize()).isEqualTo(4);
            assertThat(defaults.valueSize()).isEqualTo(48);
            assertThat(defaults.maxEntries()).isEqualTo(1);
            assertThat(defaults.contents().at(40)).isEqualTo((byte) 6);
        }

        /** 0x80 is BPF_F_RDONLY_PROG, 0x400 BPF_F_MMAPABLE. */
        @Test
        void constantsAreReadOnlyAndOnlyVisibleVariablesCanBeMapped() {
            assertThat(map(object, ".rodata").flags()).isEqualTo(0x480);
            assertThat(map(object, ".bss").flags()).isEqualTo(0x400);
            assertThat(map(object, ".bss.private").flags()).isZero();
            assertThat(map(object, ".data.secret").flags()).isZero();
        }

        @Test
        void zeroVariablesHaveNoContents() {
            assertThat(map(object, ".bss").valueSize()).isEqualTo(256);
            assertThat(map(object, ".bss").contents().length()).isZero();
        }

        @Test
        void btfGetsSizesAndOffsetsFromTheSymbols() {
            MapSpec bss = map(object, ".bss");
            BtfType.DataSection section = (BtfType.DataSection) object.btf().type(bss.dataSection());
            assertThat(section.size()).isEqualTo(256);
            MapSpec data = map(object, ".rodata.defaults");
            assertThat(((BtfType.DataSection) object.btf().type(data.dataSection())).variables())
                    .singleElement()
                    .satisfies(v -> assertThat(v.size()).isEqualTo(48));
        }

        @Test
        void variablesAreReferredToByTheirPlaceInTheSection() {
            assertThat(function(object, "account").references())
                    .filteredOn(
                            r -> r instanceof Reference.MapValue v && v.map().equals(".data"))
                    .extracting(r -> ((Reference.MapValue) r).offset())
                    .containsExactlyInAnyOrder(0, 4);
        }

        @Test
        void otherSectionsOfVariablesAreNoMaps() {
            assertThat(object.map("notes")).isEmpty();
        }
    }

    @Nested
    class LegacyMaps {
        private final BpfObject object = object("legacy_maps");

        @Test
        void mapsAreReadFromTheArrayOfStructs() {
            assertThat(object.maps().subList(0, 2))
                    .containsExactly(
                            MapSpec.of("counters", MapType.PERCPU_ARRAY, 4, 8, 256),
                            MapSpec.of("sessions", MapType.HASH, 16, 32, 1000).withFlags(1));
        }

        @Test
        void programsReferToThemWithoutBtf() {
            assertThat(object.btf().typeCount()).isEqualTo(1);
            assertThat(function(object, "filter").references())
                    .contains(new Reference.Map(4, "counters"), new Reference.Map(17, "sessions"));
        }

        @Test
        void licenseAndVersionAreThere() {
            assertThat(object.license()).isEqualTo("GPL");
            assertThat(object.kernelVersion()).isEqualTo(0x050a00);
        }

        @Test
        void whatIproute2AddsMustBeZero() {
            byte[] file = CompiledObjects.bytes("legacy_maps");
            Section maps = CompiledObjects.elf("legacy_maps").section("maps").orElseThrow();
            ByteBuffer words = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
            int header = (int) words.getLong(40) + maps.index() * Elf64.SECTION_HEADER_SIZE;
            // The second map's symbol is removed, so that one definition seems to be 40 bytes long.
            hideSymbol(words, "sessions");
            assertThat(words.getLong(header + 32)).isEqualTo(40);
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> ObjectReader.read(file, "old.o"))
                    .withMessageContaining("map 'counters' says something behind map_flags (at byte 20)");
        }

        private static void hideSymbol(ByteBuffer words, String name) {
            var elf = CompiledObjects.elf("legacy_maps");
            int index = elf.symbols().stream()
                    .filter(s -> s.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .index();
            int table = elf.section(".symtab").orElseThrow().index();
            int content = (int) words.getLong((int) words.getLong(40) + table * Elf64.SECTION_HEADER_SIZE + 24);
            words.putShort(content + index * Elf64.SYMBOL_SIZE + 6, (short) 0);
        }
    }

    @Nested
    class KernelStructures {
        private final BpfObject object = object("kernel_structs");

        @Test
        void everyVariableIsAStructureWithItsPrograms() {
            assertThat(object.structOps())
                    .extracting(s -> s.name() + " " + s.section() + " " + s.autocreate())
                    .containsExactly(
                            "linked .struct_ops.link true",
                            "second .struct_ops.link true",
                            "optional ?.struct_ops false");
            assertThat(object.structOps().getFirst().members())
                    .containsExactly(
                            new StructOpsSpec.Member("init", 0, "init"),
                            new StructOpsSpec.Member("release", 40, "release"));
        }

        @Test
        void dataMembersKeepTheirBytes() {
            assertThat(object.structOps().get(1).data().slice(16, 8).toString()).isEqualTo("0900000000000000");
        }

        /** 0x2000 is BPF_F_LINK. */
        @Test
        void eachIsAMapAsWell() {
            assertThat(map(object, "linked").role()).isEqualTo(Role.STRUCT_OPS);
            assertThat(map(object, "linked").flags()).isEqualTo(0x2000);
            assertThat(map(object, "optional").flags()).isZero();
            assertThat(map(object, "second").valueSize()).isEqualTo(48);
        }
    }

    @Nested
    class Arenas {
        private final BpfObject object = object("arena");

        @Test
        void variablesInTheArenaAreOneMapBesideIt() {
            assertThat(map(object, "arena").type()).isEqualTo(MapType.ARENA);
            assertThat(map(object, "arena").mapExtra()).isEqualTo(1L << 44);
            MapSpec globals = map(object, ".addr_space.1");
            assertThat(globals.role()).isEqualTo(Role.ARENA_GLOBALS);
            assertThat(globals.valueSize()).isEqualTo(8 * 16 + 8);
        }

        @Test
        void referencesNameTheArenaAndTheOffset() {
            assertThat(function(object, "walk").references())
                    .filteredOn(Reference.ArenaVariable.class::isInstance)
                    .extracting(r -> ((Reference.ArenaVariable) r).map())
                    .containsOnly("arena");
        }
    }

    @Nested
    class Errors {
        @Test
        void undefinedNamesSayWhatToDo() {
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> object("link_main"))
                    .withMessageMatching(
                            "link_main.o: .*'\\w+' is (only declared here \\(extern\\)|not defined in this file); "
                                    + "link this object with the one that defines it, or declare it __ksym or __kconfig");
        }

        @Test
        void aCallToNowhereNamesFunctionAndInstructionAndLine() {
            byte[] file = CompiledObjects.bytes("functions");
            Section text = CompiledObjects.elf("functions").section(".text").orElseThrow();
            ByteBuffer words = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
            int header = (int) words.getLong(40) + text.index() * Elf64.SECTION_HEADER_SIZE;
            int content = (int) words.getLong(header + 24);
            FunctionSpec caller = function(object("functions"), "static_one");
            words.putInt(content + caller.sectionOffset() + 4, 100_000);
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> ObjectReader.read(file, "prog.o"))
                    .withMessageStartingWith(
                            "prog.o: section .text, function static_one, instruction 0 (./elf/functions.c:")
                    .withMessageContaining("no function starts at byte");
        }

        /** A map's initial slots are relocations of the section, which may outlive its content in a forged file. */
        @Test
        void slotsOfMapsThatAreNotThereAreNotLookedFor() {
            Path file = Path.of("src/test/c/corpus/tail_calls.o");
            byte[] bytes = CompiledObjects.bytes(file);
            assertThat(ObjectReader.read(bytes, "good.o").maps())
                    .anySatisfy(m -> assertThat(m.values()).isNotEmpty());
            Section maps =
                    ElfFile.read(bytes, Location.in("good.o")).section(".maps").orElseThrow();
            ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            words.putLong((int) words.getLong(40) + maps.index() * Elf64.SECTION_HEADER_SIZE + 32, 0);
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> ObjectReader.read(bytes, "forged.o"))
                    .withMessageContaining("is neither a map nor a global variable");
        }

        @Test
        void aSectionOfMapsWithoutContentIsRefused() {
            byte[] bytes = CompiledObjects.bytes(Path.of("src/test/c/corpus/tail_calls.o"));
            Section maps =
                    ElfFile.read(bytes, Location.in("good.o")).section(".maps").orElseThrow();
            ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            words.putInt((int) words.getLong(40) + maps.index() * Elf64.SECTION_HEADER_SIZE + 4, Elf64.SHT_NOBITS);
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> ObjectReader.read(bytes, "forged.o"))
                    .withMessageContaining("section .maps: the section has no content");
        }
    }
}
