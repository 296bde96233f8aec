package dev.skep.trace.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What errors say, and where: like bpftrace, so that what is known of it helps here too. */
class MessageTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '\0',
            value = {
                "i:s:1 { < } => stdin:1:9-10: ERROR: syntax error, unexpected <",
                "i:s:1\t\t\t$a => stdin:1:9-11: ERROR: syntax error, unexpected variable, expecting {",
                "i:s:1 { @=5++} => stdin:1:12-14: ERROR: syntax error, unexpected ++, expecting ; or }",
                "i:s:1 { @=++5} => stdin:1:13-14: ERROR: syntax error, unexpected integer",
                "k:f { print(5e-9); } => stdin:1:14-15: ERROR: syntax error, unexpected identifier, expecting ) or \",\"",
                "k:f { print(1e21); } => stdin:1:13-17: ERROR: overflow error, maximum value is 18446744073709551615: 1e21",
                "k:f { print(12e4); } => stdin:1:13-17: ERROR: coefficient part of scientific literal must be 1-9: 12e4",
                "k:f { print(1e1_1_); } => stdin:1:18-19: ERROR: syntax error, unexpected _, expecting ) or \",\"",
                "k:f { print((,)); } => stdin:1:14-15: ERROR: syntax error, unexpected \",\"",
                "k:f { (a=1,a=2) } => stdin:1:12-15: ERROR: Named argument list already contains name: a",
                "i:s:1 { (1, 0) = 0 } => stdin:1:16-17: ERROR: syntax error, unexpected =",
                "i:s:1 { a=2; } => stdin:1:10-11: ERROR: syntax error, unexpected =, expecting ++ or --",
                "i:s:1 { } config = { } => stdin:1:11-17: ERROR: syntax error, unexpected config",
                "config = { exit() } => stdin:1:16-17: ERROR: syntax error, unexpected (, expecting =",
                "config = { @a } => stdin:1:12-14: ERROR: syntax error, unexpected map, expecting } or identifier",
                "config { } => stdin:1:8-9: ERROR: syntax error, unexpected {, expecting =",
                "begin { for ($i : 1+1..10) { } } => stdin:1:20-21: ERROR: syntax error, unexpected +, expecting [ or . or ->",
                "begin { for ($i : 0..1+1) { } } => stdin:1:23-24: ERROR: syntax error, unexpected +, expecting )",
                "begin { $x: int8; } => stdin:1:11-12: ERROR: syntax error, unexpected :",
                "begin { $x = { $b = 2 } } => stdin:1:23-24: ERROR: syntax error, unexpected }, expecting ;",
                "begin { $x = { $b = 2; } } => stdin:1:24-25: ERROR: syntax error, unexpected }",
                "begin { $x = { $a } exit(); } => stdin:1:21-25: ERROR: syntax error, unexpected identifier, expecting ; or }",
                "let @a = hash(); => stdin:1:15-16: ERROR: syntax error, unexpected ), expecting integer",
                "begin { }; => stdin:1:10-11: ERROR: syntax error, unexpected ;",
                "import 0; => stdin:1:8-9: ERROR: syntax error, unexpected integer, expecting string",
                "begin { $a.2 = 3 } => stdin:1:9-17: ERROR: Tuples are immutable once created. "
                        + "Consider creating a new tuple and assigning it instead.",
                "k:f { $0 } => stdin:1:7-9: ERROR: param $0 is out of integer range [1, 9223372036854775807]",
            })
    void the_first_line_says_where_and_what(String script, String message) {
        assertThat(ScriptAssert.said(script)).startsWith(message + "\n");
    }

    @Test
    void the_line_of_the_script_is_shown_with_a_mark_and_hints() {
        assertThat(ScriptAssert.said("begin\n{\n\tif (1) exit();\n}")).isEqualTo("""
                        stdin:3:9-13: ERROR: syntax error, unexpected identifier, expecting {
                            if (1) exit();
                                   ~~~~
                        HINT: the body needs braces, also around a single statement: if (...) { ... }
                        """);
    }

    @Test
    void several_errors_are_found_in_one_run() {
        String script = "begin { $x = ; $y = 1; @z = ) } k:f { exit( } end { print(1) ";
        assertThat(ScriptAssert.errors(script))
                .extracting(error -> error.span().column())
                .containsExactly(14, 29, 45, 62);
    }

    @Test
    void an_error_in_a_nested_block_hides_nothing_after_it() {
        String script = "begin { if (1) { $x = ; } $y = { 1 $z = ] }";
        assertThat(ScriptAssert.errors(script)).hasSizeGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "begin { whlie (1) { } } => while",
                "begin { if (1) { } esle { } } => else",
                "begin { retrun 1; } => return",
                "begin { lte $x = 1; } => let",
                "marco add(x) { x } => macro",
                "confg = { a = 1 } => config",
            })
    void misspelt_keywords_are_recognised(String script, String keyword) {
        assertThat(ScriptAssert.said(script)).contains("HINT: Did you mean '" + keyword + "'?");
    }
}
