package dev.skep.trace.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.skep.trace.cdefinition.KnownTypes;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.SourceText;
import dev.skep.trace.tree.Script;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is given as a script, the answer is a tree or errors: nothing is thrown, and all of it ends. */
class AnyInputTest {
    private static final List<String> WORDS = List.of(
            "begin",
            "kprobe:f",
            "uprobe:/bin/sh:\"a\"$1",
            "macro",
            "m",
            "fn",
            "config",
            "import",
            "let",
            "if",
            "else",
            "while",
            "for",
            "unroll",
            "comptime",
            "break",
            "continue",
            "return",
            "sizeof",
            "offsetof",
            "typeof",
            "typeinfo",
            "struct",
            "union",
            "enum",
            "typedef",
            "int",
            "char",
            "uint8",
            "pid",
            "args",
            "x",
            "_",
            "true",
            "$x",
            "$1",
            "$#",
            "@",
            "@m",
            "0",
            "1e3",
            "0x1f",
            "10ms",
            "1_0",
            "\"a\"",
            "\"\\x41\"",
            "#define A 1\n",
            "#define F(a) a+F\n",
            "#if A\n",
            "#endif\n",
            "A",
            "F(1)",
            "// c\n",
            "/* c */",
            "(",
            ")",
            "{",
            "}",
            "[",
            "]",
            ";",
            ",",
            ":",
            "?",
            ".",
            "->",
            "=",
            "==",
            "+",
            "-",
            "++",
            "--",
            "*",
            "/",
            "%",
            "&",
            "|",
            "^",
            "!",
            "~",
            "&&",
            "||",
            "<<",
            ">>",
            "<",
            ">",
            "+=",
            "<<=",
            "#",
            "$",
            "\\",
            "\"");

    private static Diagnostics readAll(String text) {
        Diagnostics diagnostics = new Diagnostics();
        Script script = Parser.parse(new SourceText("stdin", text), diagnostics);
        Preprocessor.run(script, Map.of("BPFTRACE_HAVE_BTF", "1"), KnownTypes.NONE, diagnostics);
        assertThat(diagnostics.render()).isNotNull();
        return diagnostics;
    }

    @Property(tries = 1000)
    void characters(@ForAll("characters") String text) {
        readAll(text);
    }

    @Property(tries = 1000)
    void tokens(@ForAll("tokens") List<String> tokens) {
        readAll(String.join(" ", tokens));
    }

    @Property(tries = 1000)
    void statements_that_are_accepted_keep_their_meaning_when_formatted(@ForAll("statements") List<String> tokens) {
        String text = "macro m(x) { " + String.join(" ", tokens) + " }";
        Diagnostics diagnostics = new Diagnostics();
        Parser.parse(new SourceText("stdin", text), diagnostics);
        if (!diagnostics.hasErrors()) {
            RoundTrip.check(text);
        }
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void expressions_keep_their_meaning_when_formatted(@ForAll("expressions") String expression) {
        RoundTrip.check("begin { $v = " + expression + "; }");
    }

    @Provide
    static Arbitrary<String> characters() {
        return Arbitraries.strings()
                .withChars("bekprobe:{}()[]\"\\/*#$@;,.=+-<>&|!~?^%_019 \n\t\u00e4")
                .withChars((char) 0, (char) 0xffff)
                .ofMaxLength(60);
    }

    @Provide
    static Arbitrary<List<String>> tokens() {
        return Arbitraries.of(WORDS).list().ofMaxSize(40);
    }

    @Provide
    static Arbitrary<List<String>> statements() {
        return Arbitraries.frequencyOf(
                        Tuple.of(3, Arbitraries.of("$x = 1 ;", "exit ( ) ;", "{", "}", "if ( 1 ) {", "} else {")),
                        Tuple.of(1, Arbitraries.of("// c\n", "/* c */", "\n", "\n\n\n", "$x", "1", ";")),
                        Tuple.of(1, Arbitraries.of("} else if $y {", "$x = {", "};", "while $x {", "2 }")))
                .list()
                .ofMaxSize(12);
    }

    @Provide
    static Arbitrary<String> expressions() {
        return expressions(4);
    }

    private static Arbitrary<String> expressions(int depth) {
        Arbitrary<String> leaf =
                Arbitraries.of("1", "$x", "@m", "@m[1]", "pid", "\"a\"", "X", "foo", "f()", "(1,)", "()", "true");
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<String> inner = expressions(depth - 1);
        Arbitrary<String> binary = Arbitraries.of("+", "-", "*", "/", "<<", "&", "&&", "==", "<");
        Arbitrary<String> unary = Arbitraries.of("- ", "!", "~", "*", "comptime ", "(uint8)", "(foo *)");
        return Arbitraries.oneOf(
                leaf,
                inner.map(one -> "(" + one + ")"),
                Combinators.combine(inner, binary, inner)
                        .as((left, operator, right) -> left + " " + operator + " " + right),
                Combinators.combine(unary, inner).as((operator, one) -> operator + one),
                inner.map(one -> "(foo)(" + one + ")"),
                Combinators.combine(inner, inner, inner).as((one, two, three) -> one + " ? " + two + " : " + three),
                inner.map(one -> "(" + one + ").a[" + one + "].0"),
                Combinators.combine(inner, inner).as((one, two) -> "f(" + one + ", (a=" + two + "))"),
                inner.map(one -> "{ $y = 1; (" + one + ") }"),
                Combinators.combine(inner, inner, inner)
                        .as((one, two, three) -> "if (" + one + ") { (" + two + ") } else { (" + three + ") }"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "{",
                "[",
                "-",
                "!",
                "(uint8)",
                "@x[",
                "f(",
                "1 ? ",
                "if (1) {",
                "if (1) { } else ",
                "1 + (",
                "sizeof(",
                "(1, ",
                "typeof(",
                "{ 1; ",
                "comptime ",
                "(a=",
                "$x = {",
                "1 +",
                "1 ? 2 : ",
                "$x.a",
                "/ ",
                "- ",
                "\"",
                "/*"
            })
    void what_nests_a_hundred_thousand_times_is_an_error(String part) {
        for (String before : List.of("begin { ", "begin { $v = ", "begin /", "")) {
            String text = before + part.repeat(100_000);
            Diagnostics diagnostics = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> readAll(text));
            assertThat(diagnostics.hasErrors()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "struct a { ",
                "struct { ",
                "int (*",
                "int a[",
                "enum { A = (",
                "enum { A = -",
                "enum { A = 1 + ",
                "int *"
            })
    void definitions_that_nest_a_hundred_thousand_times_are_errors(String part) {
        String text = "struct s { " + part.repeat(100_000) + "}; begin { }";
        Diagnostics diagnostics = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> readAll(text));
        assertThat(diagnostics.hasErrors()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "-", "!", "1 ? ", "f(", "1 + (", "1 + "})
    void conditions_and_macros_that_nest_a_hundred_thousand_times_are_errors(String part) {
        String text = "#if " + part.repeat(100_000) + "\n#endif\n#define A " + part.repeat(100_000) + "\nbegin { A; }";
        Diagnostics diagnostics = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> readAll(text));
        assertThat(diagnostics.hasErrors()).isTrue();
    }
}
