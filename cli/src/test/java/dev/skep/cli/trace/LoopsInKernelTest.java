package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.NeedsBpf;
import dev.skep.trace.plan.Settings;
import dev.skep.trace.source.SourceText;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loops do as many rounds as the script says, with {@code may_goto} or, before Linux 6.9, without it. */
@Tag("vm")
@NeedsBpf
class LoopsInKernelTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$i = 0; while ($i < 10) { if ($i == 5) { break; } $i++; } print($i); | 5",
                "$n = 0; for ($i : 0..10) { if ($i % 2 == 0) { continue; } $n += $i; } print($n); | 25",
                "$n = 0; for ($i : 3..3) { $n++; } print($n); | 0",
                "$n = 0; for ($i : 0..20) { for ($j : 0..$i) { $n++; if ($j > 5) { break; } } } print($n); | 112",
                "$n = 0; for ($i : 0..100000) { $n += $i; } print($n); | 4999950000",
                "$x = 27; $n = 0; while ($x != 1) { $x = $x % 2 ? 3 * $x + 1 : $x / 2; $n++; } print($n); | 111",
                "@a[1] = 2; @a[2] = 5; $n = 0; for ($kv : @a) { for ($i : 0..$kv.1) { $n += 10; } } print($n); | 70",
                "@a[1] = 2; @a[2] = 5; $n = 0; for ($i : 0..3) { for ($kv : @a) { $n += $kv.1; } } print($n); | 21",
                "for ($i : 0..4) { if ($i == 2) { print($i); return; } } print(77); | 2",
            })
    void aLoopHasItsRounds(String statements, String printed) {
        ScriptRun run = ScriptRun.of(
                new SourceText(
                        "stdin", "BEGIN { " + statements + " }\nEND { clear(@a); }\n" + "test:none { @a[0] = 0; }"),
                Settings.DEFAULTS,
                () -> {});
        assertThat(run.output().lines().filter(line -> !line.isBlank()))
                .as(run.errors())
                .containsExactly(printed);
    }
}
