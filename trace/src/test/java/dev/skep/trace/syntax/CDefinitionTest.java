package dev.skep.trace.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.trace.cdefinition.CDefinitions;
import dev.skep.trace.cdefinition.CEnumeration;
import dev.skep.trace.cdefinition.CLayout;
import dev.skep.trace.cdefinition.CMember;
import dev.skep.trace.cdefinition.CStructure;
import dev.skep.trace.cdefinition.CType;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.SourceText;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Definitions of types in C: sizes and offsets are those that gcc 12 has for x86-64. */
class CDefinitionTest {
    private final Diagnostics diagnostics = new Diagnostics();

    private CDefinitions defined(String text) {
        var script = Parser.parse(new SourceText("stdin", text + "\nbegin { }"), diagnostics);
        return Preprocessor.run(
                        script,
                        Map.of(),
                        name -> name.equals("struct list_head") ? Optional.of(new CLayout(16, 8)) : Optional.empty(),
                        diagnostics)
                .definitions();
    }

    private CStructure structure(String text) {
        CDefinitions definitions = defined(text);
        assertThat(diagnostics.render()).isEmpty();
        return definitions.structures().values().stream().toList().getLast();
    }

    private static CMember member(CStructure structure, String name) {
        return structure.members().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "struct a { char c; int i; char d[3]; short s; void *p; int (*f)(int, char *); } => 32 8 c:0 i:4 d:8 s:12 p:16 f:24",
                "union u { char c[5]; int i; int b : 7; } => 8 4 c:0 i:0 b:0",
                "struct f { char n; struct { char x; long y; }; char flex[]; } => 24 8 n:0 flex:24",
                "struct h { char *names[4], **pp, tail; } => 48 8 names:0 pp:32 tail:40",
                "struct __attribute__((packed)) c { char c; int i; unsigned q : 5; unsigned long r : 40; } => 11 1 c:0 i:1 q:5 r:5",
                "struct p { char c; long l; } __attribute__((packed)); => 9 1 c:0 l:1",
                "struct e { char c; int v __attribute__((aligned(32))); } __attribute__((aligned(64))); => 64 64 c:0 v:32",
                "struct k { u8 a; __u32 b; uint64_t c; size_t d; pid_t e; bool f; } => 32 8 a:0 b:4 c:8 d:16 e:24 f:28",
                "typedef struct { short s; } t; struct v { char c; t x[2]; const t *y; } => 16 8 c:0 x:2 y:8",
                "struct l { int a; struct list_head list; struct unknown *next; } => 32 8 a:0 list:8 next:24",
                "struct m { unsigned long long int a; long unsigned b; signed char c; } => 24 8 a:0 b:8 c:16",
                "struct z { } => 0 1 ''",
                "struct y { short a:4, b:8, c:3, d:1; int e:9, f:15, g:1, h:2, i:5 } => 8 4 a:0 b:0 c:1 d:1 e:2 f:4 g:5 h:6 i:6",
            })
    void structures_are_laid_out_as_compilers_do(String text, String expected) {
        CStructure structure = structure(text);
        StringBuilder layout = new StringBuilder(structure.size() + " " + structure.alignment());
        for (CMember member : structure.members()) {
            if (!member.name().isEmpty()) {
                layout.append(' ').append(member.name()).append(':').append(member.bitOffset() / 8);
            }
        }
        assertThat(layout).hasToString(expected.replace(" ''", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "struct b { int x : 3; unsigned y : 30; char z; long w : 40; char e : 2; int : 0; char g; } => "
                        + "24 x:0/3 y:32/30 z:64/0 w:72/40 e:112/2 g:128/0",
                "struct g { char a; _Bool b : 1; _Bool c : 1; long long d; uint8_t k : 4; uint16_t m : 9; uint16_t n: 8; } => "
                        + "24 a:0/0 b:8/1 c:9/1 d:64/0 k:128/4 m:132/9 n:144/8",
                "struct __attribute__((packed)) c { char c; int i; unsigned q : 5; unsigned long r : 40; } => "
                        + "11 c:0/0 i:8/0 q:40/5 r:45/40",
            })
    void bit_fields_are_laid_out_as_compilers_do(String text, String expected) {
        CStructure structure = structure(text);
        StringBuilder layout = new StringBuilder().append(structure.size());
        structure
                .members()
                .forEach(member ->
                        layout.append(" %s:%d/%d".formatted(member.name(), member.bitOffset(), member.bits())));
        assertThat(layout).hasToString(expected);
    }

    @Test
    void structures_within_structures_are_named_or_not() {
        CStructure structure =
                structure("struct d { union { int i; char c[7]; }; struct in { short s; } in; struct in arr[2][3]; }");
        assertThat(structure.size()).isEqualTo(24);
        assertThat(structure.members().getFirst().type()).isInstanceOf(CType.Anonymous.class);
        assertThat(member(structure, "in").type()).isEqualTo(new CType.Named("struct in"));
        assertThat(member(structure, "arr").type())
                .isEqualTo(new CType.Array(new CType.Array(new CType.Named("struct in"), 3), 2));
    }

    @Test
    void pointers_and_functions_are_told_apart() {
        CStructure structure = structure("struct s { int *(*a)(void); int (*b[2])(int); char (*c)[8]; }");
        CType function = new CType.Pointer(new CType.Function());
        assertThat(member(structure, "a").type()).isEqualTo(function);
        assertThat(member(structure, "b").type()).isEqualTo(new CType.Array(function, 2));
        assertThat(member(structure, "c").type())
                .isEqualTo(new CType.Pointer(new CType.Array(new CType.Number(1, true, true), 8)));
    }

    @Test
    void constants_count_on_and_are_calculated() {
        CDefinitions definitions = defined(
                "#define BASE 4\nenum e { A, B = BASE << 2, C, D = -(A + 1), E = sizeof(struct s *) + (int)1 } enum { F = ~0 };");
        assertThat(diagnostics.render()).isEmpty();
        assertThat(definitions.constants())
                .containsExactly(
                        Map.entry("A", 0L),
                        Map.entry("B", 16L),
                        Map.entry("C", 17L),
                        Map.entry("D", -1L),
                        Map.entry("E", 9L),
                        Map.entry("F", -1L));
        CEnumeration enumeration = definitions.enumerations().get("enum e");
        assertThat(enumeration.signed()).isTrue();
        assertThat(enumeration.size()).isEqualTo(4);
    }

    @Test
    void enumerations_are_as_large_as_their_values_need() {
        CDefinitions definitions =
                defined("enum a { X = 0xffffffff }; enum b { Y = 0x100000000 }; enum c { Z = -0x80000001 };");
        assertThat(definitions.enumerations().values())
                .extracting(CEnumeration::size)
                .containsExactly(4, 8, 8);
    }

    @Test
    void macros_are_replaced_in_definitions() {
        CStructure structure = structure("#define LENGTH 4\n#define BYTES(n) char pad_##n[n]\n#define FIELD(t, n) t n\n"
                + "struct s { FIELD(int, a)[LENGTH]; FIELD(long, b); };");
        assertThat(structure.size()).isEqualTo(24);
    }

    @Test
    void conditions_within_a_structure_choose_members() {
        CStructure structure = structure("struct s {\n#ifdef NONE\n  int a;\n#else\n  long b;\n#endif\n};");
        assertThat(structure.members()).extracting(CMember::name).containsExactly("b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "struct s { struct unknown x; };",
                "struct s { foo_t x; };",
                "struct s { void v; };",
                "struct s { int a[-1]; };",
                "struct s { int a : 40; };",
                "struct s { int a; }; struct s { int b; };",
                "enum e { A }; enum f { A };",
                "enum e { A = B };",
                "struct s { int a __attribute__((aligned(3))); };",
                "struct s { int ; int a int b; };",
                "struct { int a; };;struct s { int a[1/0]; };",
            })
    void errors_are_said_at_their_place(String text) {
        defined(text);
        assertThat(diagnostics.hasErrors()).as(text).isTrue();
        assertThat(diagnostics.all())
                .allSatisfy(one -> assertThat(one.span().line()).isEqualTo(1));
    }

    @Test
    void what_follows_an_error_is_still_defined() {
        CDefinitions definitions = defined("struct s { foo_t x; };\nstruct t { int y; };");
        assertThat(definitions.structures()).containsOnlyKeys("struct t");
    }
}
