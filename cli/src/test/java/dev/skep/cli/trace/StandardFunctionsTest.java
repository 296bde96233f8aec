package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsKernel;
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
                new SourceText(
                        "stdin",
                        "config = { unstable_typeinfo = enable } BEGIN { " + statements
                                + " }\nEND { clear(@a); }\ntest:none { @a[0] = 0; }"),
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
                "assert(1 == 2, \"no\"); print(\"not reached\"); | `stdin:1:49-69: ERROR: assert failed: no`",
                "static_assert(sizeof(int32) == 4, \"size\"); print(1); | 1",
                "print(ppid() == curtask.real_parent.tgid); | true",
                "print(pcomm == comm); | true",
                "$t = typeinfo(pid); printf(\"%s %s\\n\", $t.base_type, $t.full_type); | int uint32",
                "$a = (x=1, y=\"one\"); $a = (y=\"three\", x=300); print($a.x); | 300",
                "printf(\"%s %s\\n\", 5, (1, \"b\")); | 5 (1, b)",
                "print((leader_tid == pid, leader_comm == comm, leader_tid(curtask) == pid)); | (true, true, true)",
                "print((is_err(0), is_err(-1), is_err(-4096))); | (false, true, false)",
                "$t = curtask; $p = (uint64)$t + offsetof(struct task_struct, pid); print(container_of($p, task_struct, pid) == $t); | true",
                "print((strcap(\"abc\"), strcap(comm))); | (4, 16)",
                "print(memcmp_record((a=1, b=2), (b=2, a=1), 2)); | 0",
                "print((has_cpid, cpid)); | (false, 0)",
                "print((signal_name(2), signal_name(11), signal_name(0), signal_name(100))); | (Interrupt, Segmentation fault, Unknown signal 0, N/A)",
                "$a = \"abc\"; print((str_concat($a, \"def\"), str_concat(\"\", $a), strlen(str_concat(comm, $a)) == strlen(comm) + 3)); | (abcdef, abc, true)",
                "$s = kstack(3); print((len(kstack) > 3, len($s), len(kstack(2)))); | (true, 3, 2)",
                "$p = (uint64)curtask + offsetof(struct task_struct, comm); print(str(kptr($p), 3) == str(comm, 2)); | true",
                "print((\"a\" + \"bc\", \"a\" < \"b\", 1 ? 2 : \"x\")); | (abc, true, 2)",
                "@b = @undefined + 1; print((@b, @other[\"x\"])); | (1, 0)",
                "print((username_t)0); | root",
                "print((uint8[8])(uint32)1); | [1,0,0,0,0,0,0,0]",
                "@c[1] = 5; print(@c, -1); | @c[1]: 5",
                "print((~0, ~1)); | (18446744073709551615, 18446744073709551614)",
                "print((BPF_NOEXIST, BPF_NOEXIST + 1)); | (BPF_NOEXIST, 2)",
                "$c = config(); print(($c.max_strlen, config.stack_mode)); | (1024, bpftrace)",
                "print(kfunc_allowed(\"nope\")); | false",
                "$t = (task_struct *)curtask; print($t.tgid == pid); | true",
                "$s = (string[10])\"hello\"; print($s); | hello",
            })
    void aFunctionDoesWhatItsDescriptionSays(String statements, String printed) {
        ScriptRun run = run(statements);
        assertThat((run.output() + run.errors()).lines().filter(line -> !line.isBlank()))
                .contains(printed)
                .doesNotContain("not reached");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$x = 5; $x -= 10; print($x); | -5",
                "$x = (uint64)5; print($x - 10); | -5",
                "$x = (uint8)0; $x--; print($x); | -1",
                "@n = 3; @n -= 4; print(@n); | @n: -1",
                "$x = (uint64)1; $x = (int64)-1; print($x); | -1",
                "$x = 1; $x = (uint8)200; print($x + 100); | 300",
                "$x = (uint64)-1; print($x < (int64)1); | true",
                "$x = (uint64)-1; print($x < 1); | false",
                "$x = (int32)-5; print($x < (uint64)1); | true",
                "$x = (int64)-9; print($x % 4); | 3",
                "$x = (int32)-5; print($x / 2); | 9223372036854775805",
                "print(-10 / 3); | -3",
                "print(-8 >> 1); | -4",
                "$x = (uint8)200; print(~$x); | 55",
                "$x = (uint32)5; print(-$x); | 4294967291",
                "$x = 5; print(-$x); | -5",
                "let $x: uint8 = 1; $y = 300; $x = $y; print($x); | 44",
            })
    void numbersKeepTheirSigns(String statements, String printed) {
        ScriptRun run = run(statements);
        assertThat(run.output().lines()).as(run.errors()).contains(printed);
    }

    /** It is of Linux 6.2, as storage of cgroups is. */
    @Test
    @NeedsKernel(feature = KernelFeature.CGRP_STORAGE)
    void aFunctionOfTheKernelIsKnown() {
        assertThat(run("print((kfunc_exist(\"bpf_obj_new_impl\"), kfunc_allowed(\"bpf_obj_new_impl\")));")
                        .output()
                        .lines())
                .contains("(true, true)");
    }

    @Test
    void constantsOfEnumerationsWithoutANameHaveTheirs() {
        ScriptRun run = ScriptRun.of(
                new SourceText(
                        "stdin",
                        "enum { A, B = 7 } enum { C = 7 } BEGIN { @[1, B] = C; $x = A; printf(\"%s %s %d\\n\", $x, C, C); }"),
                Settings.DEFAULTS,
                () -> {});
        assertThat(run.output()).as(run.errors()).contains("@[1, B]: C\n").contains("A C 7\n");
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
