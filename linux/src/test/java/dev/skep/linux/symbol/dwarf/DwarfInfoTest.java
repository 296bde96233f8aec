package dev.skep.linux.symbol.dwarf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsTool("gcc")
class DwarfInfoTest {
    private static final Path SOURCES = Path.of("src/test/c/host");

    @TempDir
    static Path folder;

    static Path compiled(Path folder, String command, String source) {
        Path program = folder.resolve("p" + Integer.toHexString((command + source).hashCode()));
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.addAll(List.of("-o", program.toString(), SOURCES.resolve(source).toString()));
        Tools.run(words, Duration.ofSeconds(60)).expectSuccess();
        return program;
    }

    private static DwarfType plain(DwarfInfo info, long place) {
        return switch (info.type(place)) {
            case DwarfType.Qualified(String _, long target) -> plain(info, target);
            case DwarfType.Typedef(String _, long target) -> plain(info, target);
            case DwarfType type -> type;
        };
    }

    private static void describesAll(Path program) {
        try (DwarfInfo info = DwarfInfo.open(program).orElseThrow()) {
            assertThat(info.function("add").orElseThrow().parameters())
                    .extracting(DwarfFunction.Parameter::name)
                    .containsExactly("a", "b", "c");
            assertThat(info.function("add").orElseThrow().parameters().stream()
                            .map(each -> info.type(each.type()))
                            .toList())
                    .containsExactly(
                            new DwarfType.Base("int", 4, DwarfType.Encoding.SIGNED),
                            info.type(info.find("long int")
                                    .orElseGet(() -> info.find("long").orElseThrow())),
                            new DwarfType.Base("char", 1, DwarfType.Encoding.SIGNED_CHARACTER));
            assertThat(info.function("nothing").orElseThrow().parameters()).isEmpty();
            assertThat(info.function("no such function")).isEmpty();
            DwarfType.Structure shape =
                    (DwarfType.Structure) info.type(info.find("struct shape").orElseThrow());
            assertThat(shape.size()).isEqualTo(96);
            assertThat(shape.members())
                    .extracting(member -> member.name() + "@" + member.bitOffset() + ":" + member.bits())
                    .containsExactly(
                            "first@0:0",
                            "inner@64:0",
                            "color@192:0",
                            "low@224:3",
                            "high@227:5",
                            "both@256:0",
                            "next@320:0",
                            "grid@384:0",
                            "label@640:0",
                            "@704:0");
            assertThat(plain(info, shape.members().get(7).type()))
                    .isInstanceOfSatisfying(
                            DwarfType.Array.class,
                            array -> assertThat(array.counts()).containsExactly(4L, 2L));
            DwarfType.Enumeration color =
                    (DwarfType.Enumeration) plain(info, shape.members().get(2).type());
            assertThat(color.constants()).containsEntry("RED", 0L).containsEntry("GREEN", 5L);
            assertThat(plain(info, info.find("only_typedef").orElseThrow()))
                    .isInstanceOfSatisfying(
                            DwarfType.Structure.class,
                            structure -> assertThat(structure.members()).hasSize(1));
            assertThat(info.find("struct nowhere")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gcc -g",
                "gcc -g -O2",
                "gcc -gdwarf-4",
                "gcc -gdwarf-3 -gstrict-dwarf",
                "gcc -gdwarf-2 -gstrict-dwarf",
                "gcc -g -gdwarf64",
                "gcc -g -gz=zlib"
            })
    void whatGccWroteDown(String command) {
        describesAll(compiled(folder, command, "described.c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clang-19 -g", "clang-19 -gdwarf-4 -O1", "clang-19 -gdwarf-5 -O2"})
    @NeedsTool("clang-19")
    void whatClangWroteDown(String command) {
        describesAll(compiled(folder, command, "described.c"));
    }

    @Test
    void aProgramWithoutHasNone() {
        assertThat(DwarfInfo.open(compiled(folder, "gcc", "described.c"))).isEmpty();
    }

    @Test
    void itMayLieInAFileOfItsOwn() {
        Path program = compiled(folder, "gcc -g -O1", "described.c");
        String debug = program + ".debug";
        Duration patience = Duration.ofSeconds(60);
        Tools.run(List.of("objcopy", "--only-keep-debug", program.toString(), debug), patience)
                .expectSuccess();
        Tools.run(List.of("objcopy", "--strip-all", "--add-gnu-debuglink=" + debug, program.toString()), patience)
                .expectSuccess();
        describesAll(program);
    }

    @Test
    @NeedsTool("g++")
    void functionsOfCppAreFoundByBothNamesAndBasesAreMembers() {
        try (DwarfInfo info =
                DwarfInfo.open(compiled(folder, "g++ -g", "described.cpp")).orElseThrow()) {
            assertThat(info.function("_ZN4shop4Cart3addEi").orElseThrow().parameters())
                    .extracting(DwarfFunction.Parameter::name)
                    .containsExactly("this", "count");
            assertThat(info.function("add").orElseThrow().parameters()).hasSize(2);
            DwarfType.Structure cart =
                    (DwarfType.Structure) info.type(info.find("struct Cart").orElseThrow());
            assertThat(cart.keyword()).isEqualTo("class");
            assertThat(cart.members())
                    .extracting(DwarfType.Member::name)
                    .containsExactly("", "total"); // what is static is no member
        }
    }
}
