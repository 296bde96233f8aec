package dev.skep.compiler.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.skep.compiler.code.CompiledFunction;
import dev.skep.object.BpfObject;
import dev.skep.object.btf.BtfType;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.file.ObjectWriter;
import dev.skep.object.map.MapSpec;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectAssemblerTest {
    private final BpfObject object = ObjectAssembler.assemble(Units.unit(), Units.compiled());

    @Test
    void whatIsReadFromItsFileIsEqualToIt() {
        BpfObject read = ObjectReader.read(ObjectWriter.write(object), "firewall.o");
        for (int i = 0; i < object.functions().size(); i++) {
            assertThat(read.functions().get(i)).isEqualTo(object.functions().get(i));
        }
        assertThat(read.maps()).isEqualTo(object.maps());
        assertThat(read).isEqualTo(object);
    }

    @Test
    void programsFollowEachOtherInTheirSectionAndOtherFunctionsLieInText() {
        assertThat(object.functions().stream().map(f -> f.section() + "+" + f.sectionOffset() + " " + f.name()))
                .containsExactly(
                        ".text+0 helper",
                        ".text+16 each",
                        ".text+32 checked",
                        "xdp+0 first",
                        "xdp+16 second",
                        "tp/sched/sched_switch+0 traced");
        assertThat(object.program("traced").orElseThrow().type()).isEqualTo(ProgramType.TRACEPOINT);
        assertThat(object.program("traced").orElseThrow().attachTarget()).contains("sched/sched_switch");
    }

    @Test
    void everyTypeIsThereOnce() {
        List<BtfType> types = new ArrayList<>();
        for (int id = 1; id < object.btf().typeCount(); id++) {
            if (!(object.btf().type(id) instanceof BtfType.Variable)) {
                types.add(object.btf().type(id));
            }
        }
        // Declarations of maps are many, and written anew for each.
        types.removeIf(t -> t instanceof BtfType.Array || t instanceof BtfType.Pointer);
        assertThat(new HashSet<>(types)).hasSameSizeAs(types);
    }

    @Test
    void aStructKnownByNameIsItsDefinitionIfThereIsOneAndElseAForwardDeclaration() {
        int task = object.btf().find("task_struct", BtfType.Composite.class).orElseThrow();
        BtfType.Member parent =
                ((BtfType.Composite) object.btf().type(task)).members().get(1);
        assertThat(object.btf().type(parent.type())).isEqualTo(new BtfType.Pointer(task));
        assertThat(object.btf().find("elsewhere", BtfType.Forward.class)).isPresent();
    }

    @Test
    void linesCarryTheTextOfTheSource() {
        FunctionSpec second =
                object.functions().get(object.program("second").orElseThrow().function());
        assertThat(second.lines())
                .containsExactly(
                        new FunctionSpec.Line(0, Units.FILE, 1, 0, "class Firewall {"),
                        new FunctionSpec.Line(1, Units.FILE, 2, 5, "    static int first() {"),
                        new FunctionSpec.Line(9, Units.FILE, 3, 9, "        return 1;"));
    }

    @Test
    void onlyKernelFunctionsThatAreCalledAreExterns() {
        assertThat(object.externs())
                .singleElement()
                .satisfies(extern -> assertThat(extern.name()).isEqualTo("bpf_rcu_read_lock"));
    }

    @Test
    void globalsAreMapsWithTheirContents() {
        assertThat(object.maps().stream().filter(m -> m.role() != MapSpec.Role.DECLARED))
                .extracting(MapSpec::name, MapSpec::valueSize, m -> m.contents().length())
                .containsExactly(tuple(".rodata", 16, 16), tuple(".data", 4, 4), tuple(".bss", 8, 0));
    }

    @Test
    void aCallOfAFunctionThatWasNotCompiledIsRefused() {
        List<CompiledFunction> withoutCallee =
                Units.compiled().subList(1, Units.compiled().size());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ObjectAssembler.assemble(Units.unit(), withoutCallee))
                .withMessageContaining("'helper' is called, but was not compiled");
    }

    @Test
    @NeedsTool("bpftool")
    void bpftoolReadsTheTypesAndLibbpfOpensTheFile(@TempDir Path folder) throws IOException {
        String file = written(folder).toString();
        assertThat(run("bpftool", "btf", "dump", "file", file, "format", "c"))
                .contains("struct flow {")
                .contains("struct task_struct *parent;");
        assertThat(run("bpftool", "btf", "dump", "file", file)).contains("FUNC 'helper'", "DATASEC '.rodata'");
        assertThat(run("bpftool", "gen", "skeleton", file, "name", "firewall")).contains("bpf_map *flows");
    }

    @Test
    @NeedsTool("llvm-objdump-19")
    void llvmShowsTheSourceBetweenTheInstructions(@TempDir Path folder) throws IOException {
        String listing = run("llvm-objdump-19", "-d", "-S", written(folder).toString());
        assertThat(listing)
                .contains("<second>:")
                .contains(";         return 1;")
                .contains("; class Firewall {");
    }

    private Path written(Path folder) throws IOException {
        return Files.write(folder.resolve("firewall.o"), ObjectWriter.write(object));
    }

    private static String run(String... command) {
        return Tools.run(List.of(command), Duration.ofSeconds(20))
                .expectSuccess()
                .stdout();
    }
}
