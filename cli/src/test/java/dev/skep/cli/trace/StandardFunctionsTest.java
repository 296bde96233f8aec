package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.NeedsBpf;
import dev.skep.trace.plan.Settings;
import dev.skep.trace.source.SourceText;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions of the standard library, in the kernel. */
@Tag("vm")
@NeedsBpf
class StandardFunctionsTest {
    private static ScriptRun run(String statements) {
        return ScriptRun.of(
                new SourceText("stdin", "BEGIN { " + statements + " }\nEND { clear(@a); }\ntest:none { @a[0] = 0; }"),
                Settings.DEFAULTS,
                () -> {});
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "@a[1] = 7; let $v; if (find(@a, 1, $v)) { print($v); } | 7",
                "@a[1] = 7; $v = 5; if (!find(@a, 2, $v)) { print($v); } | 5",
                "assert(1 == 2, \"no\"); print(\"not reached\"); | `stdin:1:9-29: ERROR: no`",
                "static_assert(sizeof(int32) == 4, \"size\"); print(1); | 1",
                "print(ppid() == curtask.real_parent.tgid); | true",
                "print(pcomm == comm); | true",
                "$t = typeinfo(pid); printf(\"%s %s\\n\", $t.base_type, $t.full_type); | int uint32",
                "$a = (x=1, y=\"one\"); $a = (y=\"three\", x=300); print($a.x); | 300",
                "printf(\"%s %s\\n\", 5, (1, \"b\")); | 5 (1, b)",
                "$s = (string[10])\"hello\"; print($s); | hello",
            })
    void aFunctionDoesWhatItsDescriptionSays(String statements, String printed) {
        ScriptRun run = run(statements);
        assertThat((run.output() + run.errors()).lines().filter(line -> !line.isBlank()))
                .contains(printed)
                .doesNotContain("not reached");
    }

    @Test
    void aTimeSeriesKeepsTheGreatestOfEachInterval() {
        ScriptRun run = ScriptRun.of(
                new SourceText(
                        "stdin",
                        "BEGIN { @t = tseries(5, 1h, 3, \"max\"); @t = tseries(9, 1h, 3, \"max\"); @t = tseries(7, 1h, 3, \"max\"); }"),
                Settings.DEFAULTS,
                () -> {});
        assertThat(run.output())
                .as(run.errors())
                .contains("@t:")
                .containsPattern("\\| 9\n")
                .doesNotContain("| 7\n");
    }
}
