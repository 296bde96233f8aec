package dev.skep.trace.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.trace.cdefinition.KnownTypes;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.SourceText;
import dev.skep.trace.tree.BinaryOperator;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Script;
import dev.skep.trace.tree.Statement;
import dev.skep.trace.tree.TypeName;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code #define} and {@code #if} do to a script. */
class PreprocessorTest {
    private final Diagnostics diagnostics = new Diagnostics();

    private Preprocessor.Preprocessed preprocessed(String text, Map<String, String> predefined) {
        Script script = Parser.parse(new SourceText("stdin", text), diagnostics);
        return Preprocessor.run(script, predefined, KnownTypes.NONE, diagnostics);
    }

    private Expression value(String text) {
        Script script = preprocessed(text, Map.of()).script();
        assertThat(diagnostics.render()).isEmpty();
        Script.Probe probe = (Script.Probe) script.items().getLast();
        return ((Statement.Assign) probe.body().statements().getFirst()).value();
    }

    private String said(String text) {
        preprocessed(text, Map.of());
        return diagnostics.render();
    }

    @Test
    void a_name_becomes_the_number_it_stands_for_at_the_place_of_the_name() {
        Expression value = value("#define SIZE 0x10\nbegin { $x = SIZE; }");
        assertThat(value).isInstanceOfSatisfying(Expression.IntegerLiteral.class, literal -> {
            assertThat(literal.value()).isEqualTo(16);
            assertThat(literal.span().text()).isEqualTo("SIZE");
        });
    }

    @Test
    void a_name_stands_for_a_whole_expression_as_bpftrace_has_it() {
        Expression value = value("#define SUM 1 + 2\nbegin { $x = SUM * 3; }");
        assertThat(value).isInstanceOfSatisfying(Expression.Binary.class, product -> {
            assertThat(product.operator()).isEqualTo(BinaryOperator.MULTIPLY);
            assertThat(product.left()).isInstanceOf(Expression.Binary.class);
        });
    }

    @Test
    void names_within_what_names_stand_for_are_replaced_too() {
        Expression value = value("#define A (B << 1)\n#define B \"text\"\n#define C B\nbegin { $x = C; }");
        assertThat(value).isInstanceOf(Expression.StringLiteral.class);
    }

    @Test
    void a_macro_with_parameters_takes_expressions() {
        Expression value = value("#define MAX(a, b) (a > b ? a : b)\nbegin { $x = MAX($y + 1, 2); }");
        assertThat(value).isInstanceOfSatisfying(Expression.Conditional.class, conditional -> {
            assertThat(conditional.whenTrue()).isInstanceOf(Expression.Binary.class);
            assertThat(conditional.whenFalse()).isInstanceOf(Expression.IntegerLiteral.class);
        });
    }

    @Test
    void a_name_can_stand_for_a_type() {
        Expression value = value("#define SOCK struct sock *\nbegin { $x = (SOCK)arg0; }");
        assertThat(value)
                .isInstanceOfSatisfying(
                        Expression.Cast.class, cast -> assertThat(cast.type()).isInstanceOf(TypeName.PointerTo.class));
    }

    @Test
    void lines_may_be_continued() {
        assertThat(value("#define A 1 + \\\n    2\nbegin { $x = A; }")).isInstanceOf(Expression.Binary.class);
    }

    @Test
    void what_is_undefined_again_stays_a_name() {
        assertThat(value("#define A 1\n#undef A\nbegin { $x = A; }")).isInstanceOf(Expression.Identifier.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "#define M M+1~begin { M; } => Macro recursion: M",
                "#define A B~#define B A~begin { A; } => Macro recursion: A",
                "#define M {~begin { M; } => unable to expand macro as an expression: {",
                "#define M~begin { M; } => unable to expand macro as an expression:",
                "#ifdef A~begin { } => unterminated conditional directive",
                "#endif~begin { } => #endif without #if",
                "#else~begin { } => #else without #if",
                "#if 1 +~#endif~begin { } => unexpected end of file in a constant",
                "#if 1 / 0~#endif~begin { } => division by zero",
                "#if 1 2~#endif~begin { } => unexpected integer in #if",
                "#error broken thing~begin { } => #error broken thing",
                "#ifdef~#endif~begin { } => macro name missing",
                "#include <lol/no.h>~begin { } => no.h' file not found",
                "#include \"mine.h\"~begin { } => mine.h' file not found",
                "#include~begin { } => expected",
                "#foo~begin { } => invalid preprocessing directive: #foo",
            })
    void errors_say_what_is_wrong(String script, String message) {
        assertThat(said(script.replace('~', '\n'))).contains("ERROR: ").contains(message);
    }

    @Test
    void exponential_macros_end() {
        StringBuilder text = new StringBuilder("#define A0 1\n");
        for (int i = 1; i < 40; i++) {
            text.append("#define A%d A%d + A%d\n".formatted(i, i - 1, i - 1));
        }
        text.append("enum e { X = A39 };\nbegin { A39; }");
        assertThat(said(text.toString())).contains("too many names of #define to expand");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "#ifdef HAVE => 1",
                "#ifndef HAVE => 2",
                "#if defined(HAVE) && !defined NONE => 1",
                "#if HAVE > 6 => 1",
                "#if HAVE == 7 ? 0 : 1 => 2",
                "#if UNKNOWN => 2",
                "#if 0~#elif HAVE => 1",
                "#if 1~#elif 1~#error not read~#else~#error nor this => 1",
                "#if 0~#if 1~#error not read~#endif~#else => 1",
            })
    void conditions_choose_what_counts(String condition, int chosen) {
        String lines = condition.replace('~', '\n');
        boolean inside = condition.endsWith("else") || condition.contains("nor this");
        String text = inside
                ? lines + "\n#endif\nbegin { 1; }"
                : lines + "\nenum a { X = 1 };\n#else\nenum a { X = 2 };\n#endif\nbegin { 1; }";
        var result = preprocessed(text, Map.of("HAVE", "7"));
        assertThat(diagnostics.render()).isEmpty();
        assertThat(result.definitions().constants().getOrDefault("X", 1L)).isEqualTo(chosen);
    }

    @Test
    void probes_that_are_excluded_are_gone() {
        var result = preprocessed("#if 0\nk:f { }\n#else\nk:g { }\n#endif\nbegin { }", Map.of());
        assertThat(result.script().items().stream().filter(Script.Probe.class::isInstance))
                .hasSize(2);
    }

    @Test
    void includes_are_accepted_although_nothing_is_there_to_include() {
        assertThat(said("#include <linux/sched.h>\n#include \"stdio.h\"\nbegin { }"))
                .isEmpty();
    }
}
