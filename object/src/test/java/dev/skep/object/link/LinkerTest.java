package dev.skep.object.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.elf.ElfFile;
import dev.skep.object.elf.Symbol;
import dev.skep.object.file.CompiledObjects;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.image.ProgramImageBuilder;
import dev.skep.object.map.MapSpec;
import dev.skep.object.program.ExternSpec;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.FunctionSpec.Linkage;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LinkerTest {
    private static final String[] PARTS = {"link_main", "link_library", "link_weak"};

    private static byte[] link(String... names) {
        return Linker.link(Arrays.stream(names).map(CompiledObjects::elf).toList());
    }

    private static BpfObject linked(String... names) {
        return ObjectReader.read(link(names), "linked.o");
    }

    private static FunctionSpec function(BpfObject object, String name) {
        return object.functions().stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatOneObjectDeclaresTheOtherDefines() {
        BpfObject object = linked(PARTS);
        assertThat(object.programs()).extracting(p -> p.name()).containsExactly("main_program", "library_program");
        assertThat(object.map("sessions")).map(MapSpec::maxEntries).contains(128);
        assertThat(object.externs())
                .extracting(ExternSpec::name)
                .containsExactly("LINUX_KERNEL_VERSION", "bpf_prog_active");
    }

    @Test
    void aStrongDefinitionOverridesAWeakOne() {
        BpfObject object = linked(PARTS);
        FunctionSpec policy = function(object, "policy");
        FunctionSpec alone = function(CompiledObjects.object("link_weak"), "policy");
        assertThat(policy.instructions()).isEqualTo(alone.instructions());
        assertThat(object.functions())
                .filteredOn(f -> f.name().equals("policy"))
                .hasSize(1);
        FunctionSpec classify = function(object, "classify");
        assertThat(classify.instructions().slotCount())
                .isNotEqualTo(function(CompiledObjects.object("link_weak"), "classify")
                        .instructions()
                        .slotCount());
    }

    @Test
    void aStrongDefinitionOverridesAWeakOneBeforeItToo() {
        BpfObject object = linked("link_weak", "link_main", "link_library");
        assertThat(function(object, "classify").instructions())
                .isEqualTo(function(linked(PARTS), "classify").instructions());
        assertThat(function(object, "policy").linkage()).isEqualTo(Linkage.GLOBAL);
    }

    @Test
    void staticFunctionsAndVariablesOfTheSameNameStayApart() {
        BpfObject object = linked(PARTS);
        assertThat(object.functions())
                .filteredOn(f -> f.name().equals("helper"))
                .hasSize(2);
        byte[] data = object.map(".data").orElseThrow().contents().toArray();
        assertThat(data).contains(11, 13);
    }

    @Test
    void btfSaysWhereTheVariablesAre() {
        BpfObject object = linked(PARTS);
        Btf btf = object.btf();
        int id = btf.find(".data", BtfType.DataSection.class).orElseThrow();
        BtfType.DataSection data = (BtfType.DataSection) btf.type(id);
        assertThat(data.size()).isEqualTo(object.map(".data").orElseThrow().valueSize());
        assertThat(data.variables())
                .extracting(v -> btf.name(v.type()) + "@" + v.offset())
                .containsExactly("private_counter@0", "limits@4", "private_counter@12");
    }

    @Test
    void everyFunctionHasItsTypeAndLines() {
        BpfObject object = linked(PARTS);
        assertThat(object.functions()).allSatisfy(f -> {
            assertThat(object.btf().name(f.typeId())).isEqualTo(f.name());
            assertThat(f.lines()).isNotEmpty();
        });
        assertThat(function(object, "pid_of").coreRelocations()).hasSize(1);
    }

    @Test
    void linkingStepByStepIsLinkingAtOnce() {
        ElfFile first = ElfFile.read(link("link_main", "link_library"), Location.in("step.o"));
        byte[] steps = Linker.link(List.of(first, CompiledObjects.elf("link_weak")));
        BpfObject stepwise = ObjectReader.read(steps, "linked.o");
        BpfObject atOnce = linked(PARTS);
        assertThat(images(stepwise)).isEqualTo(images(atOnce));
        assertThat(mapsWithoutTypes(stepwise)).isEqualTo(mapsWithoutTypes(atOnce));
        assertThat(stepwise.btf().typeCount()).isEqualTo(atOnce.btf().typeCount());
    }

    @Test
    void linkingOneObjectChangesNothing() {
        for (String name : List.of("functions", "data", "kernel_structs", "arena", "legacy_maps")) {
            BpfObject alone = CompiledObjects.object(name);
            BpfObject linked = ObjectReader.read(link(name), name + ".o");
            assertThat(images(linked)).as(name).isEqualTo(images(alone));
            assertThat(mapsWithoutTypes(linked)).as(name).isEqualTo(mapsWithoutTypes(alone));
            assertThat(linked.structOps().size())
                    .as(name)
                    .isEqualTo(alone.structOps().size());
        }
    }

    @Test
    void aHiddenNameIsHiddenInTheResult() {
        ElfFile linked = ElfFile.read(link("functions"), Location.in("linked.o"));
        assertThat(linked.symbols())
                .filteredOn(s -> s.name().equals("hidden_one"))
                .allMatch(Symbol::isHidden)
                .hasSize(1);
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                Arguments.of(
                        "link_conflict",
                        "link_conflict.o: 'classify' is already defined in link_library.o; rename one"),
                Arguments.of("link_mismatch", "link_mismatch.o: 'limits' is not what it is in link_library.o: "),
                Arguments.of(
                        "link_other_map",
                        "link_other_map.o: 'sessions' is not what it is in link_library.o: the values differ"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void contradictionsNameBothFiles(String other, String message) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> link("link_library", other))
                .withMessageContaining(message);
    }

    @Test
    void differentLicensesCannotBeJoined() {
        byte[] other = CompiledObjects.bytes("link_weak");
        int license = new String(other, StandardCharsets.ISO_8859_1).indexOf("GPL\0");
        other[license] = 'L';
        ElfFile elf = ElfFile.read(other, Location.in("other.o"));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Linker.link(List.of(CompiledObjects.elf("link_main"), elf)))
                .withMessageContaining("other.o: its license is not that of link_main.o");
    }

    @Test
    void nothingCannotBeLinked() {
        assertThatIllegalArgumentException().isThrownBy(() -> Linker.link(List.of()));
    }

    @Test
    @NeedsTool("bpftool")
    void theResultIsThatOfBpftool(@TempDir Path folder) throws IOException {
        for (List<String> parts : List.of(
                List.of(PARTS),
                List.of("link_library", "link_weak", "link_main"),
                List.of("data", "link_conflict"),
                List.of("kernel_structs"),
                List.of("arena"))) {
            BpfObject theirs = ObjectReader.read(bpftool(folder, parts), "linked.o");
            BpfObject ours = linked(parts.toArray(String[]::new));
            assertThat(ours.programs()).as("%s", parts).isEqualTo(theirs.programs());
            assertThat(images(ours)).as("%s", parts).isEqualTo(images(theirs));
            assertThat(mapsWithoutTypes(ours)).as("%s", parts).isEqualTo(mapsWithoutTypes(theirs));
            assertThat(typeNames(ours)).as("%s", parts).isEqualTo(typeNames(theirs));
            // bpftool may leave a second prototype of a function behind, which nothing refers to.
            assertThat(ours.btf().typeCount())
                    .as("%s", parts)
                    .isLessThanOrEqualTo(theirs.btf().typeCount());
        }
    }

    private static byte[] bpftool(Path folder, List<String> parts) throws IOException {
        Path output = folder.resolve("bpftool.o");
        List<String> command = new ArrayList<>(List.of("bpftool", "gen", "object", output.toString()));
        parts.forEach(part -> command.add(CompiledObjects.path(part).toString()));
        Tools.run(command, Duration.ofSeconds(20)).expectSuccess();
        return Files.readAllBytes(output);
    }

    @Test
    @NeedsTool("bpftool")
    void libbpfOpensTheResult(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("linked.o"), link(PARTS));
        String skeleton = Tools.run(List.of("bpftool", "gen", "skeleton", file.toString()), Duration.ofSeconds(20))
                .expectSuccess()
                .stdout();
        assertThat(skeleton).contains("struct bpf_program *main_program", "struct bpf_map *sessions", "struct limits");
    }

    /** Instructions, references and lines of every program as it would be loaded. */
    private static List<ProgramImage> images(BpfObject object) {
        return object.programs().stream()
                .map(p -> ProgramImageBuilder.build(object, p))
                .toList();
    }

    /** Maps without the ids of types, which depend on the order of types. */
    private static List<String> mapsWithoutTypes(BpfObject object) {
        return object.maps().stream()
                .map(m -> m.name() + m.role() + m.type() + " " + m.keySize() + " " + m.valueSize() + " "
                        + m.maxEntries() + " " + m.flags() + m.contents() + m.values())
                .sorted()
                .toList();
    }

    private static List<String> typeNames(BpfObject object) {
        return IntStream.range(1, object.btf().typeCount())
                .filter(id -> !object.btf().name(id).isEmpty())
                .mapToObj(id -> object.btf().kind(id) + " " + object.btf().name(id))
                .sorted()
                .toList();
    }
}
