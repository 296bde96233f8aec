package dev.skep.object.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.BpfObject;
import dev.skep.object.Location;
import dev.skep.object.elf.ElfFile;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.instruction.TextStyle;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.ProgramType;
import dev.skep.object.program.Reference;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole objects as text. */
class ObjectTextTest {
    private static final String COUNTER = """
            .license "GPL"
            .map counts array key=4 value=8 entries=256
            .map inner hash key=4 value=4 entries=8 flags=BPF_F_NO_PREALLOC
            .map outer BPF_MAP_TYPE_ARRAY_OF_MAPS key=4 value=4 entries=2 inner=inner pin

            .program count xdp
                *(u32 *)(r10 - 4) = 6
                r1 = r10
                r1 += -4
                call bump
                r0 = XDP_PASS
                exit

            .function bump
                r2 = r1
                r1 = counts ll
                call bpf_map_lookup_elem
                if r0 == 0 goto missing
                r1 = 1
                lock *(u64 *)(r0 + 0) += r1
                r3 = counts[8] ll
                r4 = bump ll
            missing:
                exit

            .program trace tp/sched/sched_switch
                exit
            """;

    @Test
    void describesProgramsMapsAndLicense() {
        BpfObject object = Assembler.object("dir/count.s", COUNTER);
        assertThat(object.name()).isEqualTo("count");
        assertThat(object.license()).isEqualTo("GPL");
        assertThat(object.map("counts")).contains(MapSpec.of("counts", MapType.ARRAY, 4, 8, 256));
        assertThat(object.map("outer")).hasValueSatisfying(outer -> {
            assertThat(outer.inner())
                    .contains(MapSpec.of("inner", MapType.HASH, 4, 4, 8).withFlags(1));
            assertThat(outer.pinning()).isEqualTo(MapSpec.Pinning.BY_NAME);
        });
        assertThat(object.program("count")).hasValueSatisfying(program -> {
            assertThat(program.type()).isEqualTo(ProgramType.XDP);
            assertThat(program.expectedAttachType()).contains(AttachType.XDP);
            assertThat(object.entry(program).name()).isEqualTo("count");
        });
        assertThat(object.program("trace").orElseThrow().attachTarget()).contains("sched/sched_switch");
    }

    @Test
    void refersToMapsAndFunctionsByName() {
        BpfObject object = Assembler.object("count.s", COUNTER);
        FunctionSpec count = object.functions().get(0);
        FunctionSpec bump = object.functions().get(1);
        assertThat(count.references()).containsExactly(new Reference.Call(3, 1));
        assertThat(bump.linkage()).isEqualTo(FunctionSpec.Linkage.STATIC);
        assertThat(bump.references())
                .containsExactly(
                        new Reference.Map(1, "counts"),
                        new Reference.MapValue(7, "counts", 8),
                        new Reference.FunctionAddress(9, 1));
        assertThat(bump.instructions().at(4)).isEqualTo(Instruction.of(0x15, 0, 0, 6, 0));
    }

    @Test
    void keepsTheLinesOfTheText() {
        FunctionSpec count = Assembler.object("count.s", COUNTER).functions().getFirst();
        assertThat(count.lines().get(3)).isEqualTo(new FunctionSpec.Line(3, "count.s", 10, 0, "call bump"));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            exit                                => 1:1  this is outside of a program; begin one with .program NAME SECTION, for example .program drop xdp
            .program p xpd                      => 1:12 no kind of program goes by the section name xpd; did you mean xdp?
            .program p                          => 1:1  .program takes a name and a section; .program drop xdp
            .map m hsh key=4                    => 1:8  there is no map type hsh; did you mean hash?
            .map m hash ky=4                    => 1:13 no setting of a map is written ky=4; did you mean key?
            .map m hash key=-1                  => 1:17 key is too large; at most 2147483647
            .map m array_of_maps inner=x        => 1:28 no map above is called x; declare the inner map first
            .licence GPL                        => 1:1  no directive is called .licence; did you mean .license?
            .license GPL and MIT                => 1:1  .license takes one text, once; .license "GPL"
            .license "GPL                       => 1:10 the quote is not closed
            .program p xdp                      => 1:10 p has no instructions
            """)
    void saysWhatIsWrongAndWhere(String text, String expected) {
        String[] parts = expected.split(" +", 2);
        assertThatThrownBy(() -> Assembler.object("t.s", text))
                .isInstanceOf(AssemblyException.class)
                .hasMessage("t.s:" + parts[0] + ": " + parts[1]);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            call bmup       => 3:6: no helper or function is called bmup; did you mean bump?
            r1 = conuts ll  => 3:6: no map or function is called conuts; did you mean counts?
            goto elsewhere  => 3:6: there is no label elsewhere; labels are seen in their function only
            call pc+1       => 3:1: no function starts where this call leads; name the function: `call name`, or paste a listing with relocations (skep disasm -r)
            """)
    void saysWhichNameIsUnknown(String line, String problem) {
        String text = """
                .map counts array key=4 value=8 entries=1
                .program p xdp
                %s
                exit
                .function bump
                elsewhere: exit
                """.formatted(line);
        assertThatThrownBy(() -> Assembler.object("t.s", text)).hasMessage("t.s:" + problem);
    }

    @Test
    void refusesASecondDefinitionOfAName() {
        assertThatThrownBy(() -> Assembler.object("t.s", """
                .map a hash key=4 value=4 entries=1
                .program a xdp
                exit
                """))
                .hasMessageStartingWith("t.s:2:10: a stands here a second time");
    }

    /** What clang compiled, listed with relocations and pasted, is the same functions with the same references. */
    @ParameterizedTest
    @ValueSource(strings = {"clang14-v1", "clang14-v3", "clang19-v4", "clang22-v3"})
    void readsAPastedListingWithRelocations(String name) throws IOException {
        ElfFile elf = ElfFile.read(resource(name + ".o"), Location.in(name + ".o"));
        String listing =
                Listing.of(name + ".o", ListedSections.of(elf), new Listing.Options(TextStyle.LLVM, true, true));
        // Globals cannot be declared in assembly: maps of the same names stand for them.
        String globals = """
                .map seen hash key=4 value=8 entries=4
                .map counter array key=4 value=8 entries=1
                .map factor array key=4 value=4 entries=1
                """;
        BpfObject assembled = Assembler.object("listing", globals + listing);
        BpfObject compiled = ObjectReader.read(elf);
        assertThat(assembled.functions()).hasSameSizeAs(compiled.functions());
        for (FunctionSpec function : compiled.functions()) {
            FunctionSpec same = assembled.functions().stream()
                    .filter(candidate -> candidate.name().equals(function.name()))
                    .findFirst()
                    .orElseThrow();
            assertThat(same.section()).isEqualTo(function.section());
            assertThat(same.sectionOffset()).isEqualTo(function.sectionOffset());
            assertThat(withoutReferred(same)).isEqualTo(withoutReferred(function));
            assertThat(same.references().stream().map(Reference::slot))
                    .isEqualTo(
                            function.references().stream().map(Reference::slot).toList());
            assertThat(called(same, assembled)).isEqualTo(called(function, compiled));
        }
    }

    /** The instructions with those left out that references fill in. */
    private static Instructions withoutReferred(FunctionSpec function) {
        Instructions code = function.instructions();
        List<Instruction> rest = new ArrayList<>();
        for (int slot = 0; slot < code.slotCount(); slot++) {
            int at = slot;
            if (code.startsAt(slot) && function.references().stream().noneMatch(r -> r.slot() == at)) {
                rest.add(code.at(slot));
            }
        }
        return Instructions.of(rest);
    }

    /** The names of called functions and of functions whose address is taken, in order. */
    private static List<String> called(FunctionSpec function, BpfObject object) {
        return function.references().stream()
                .map(reference -> switch (reference) {
                    case Reference.Call call ->
                        "call " + object.functions().get(call.function()).name();
                    case Reference.FunctionAddress address ->
                        "address " + object.functions().get(address.function()).name();
                    default -> "data";
                })
                .toList();
    }

    private static byte[] resource(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(ObjectTextTest.class.getResourceAsStream(file), file)) {
            return in.readAllBytes();
        }
    }
}
