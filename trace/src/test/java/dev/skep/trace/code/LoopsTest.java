package dev.skep.trace.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.KernelVersion;
import dev.skep.trace.plan.TracePlan;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Loops of scripts are taken by kernels that limit them by themselves ({@code may_goto}), and by those that count rounds only. */
class LoopsTest {
    private static final List<String> KERNELS = List.of("5.17", "6.1", "6.8", "6.9", "6.12", "6.18");

    private static final List<String> SCRIPTS = List.of(
            "BEGIN { $i = 0; while ($i < 10) { if ($i == 5) { break; } $i++; } print($i); }",
            "BEGIN { for ($i : 0..10) { if ($i % 2 == 0) { continue; } @sum += $i; } }",
            "BEGIN { for ($i : 0..rand) { for ($j : 0..$i) { @[$i, $j] = count(); if ($j > 5) { return; } } } }",
            "BEGIN { $s = \"abc\"; $i = 0; while ($i < 3) { $i++; print(($i, $s)); $j = $i; while ($j > 0) { $j--; } } }",
            "BEGIN { @a[1] = 2; $n = 0; for ($kv : @a) { for ($i : 0..$kv.1) { $n += $i; } } print($n); }",
            "BEGIN { @a[1] = 2; $n = 0; for ($i : 0..5) { for ($kv : @a) { $n += $kv.1; } } print($n); }",
            "k:vfs_read { $p = (uint64 *)arg0; $n = 0; while (*$p != 0) { $n++; $p = (uint64 *)*$p; } @[str($p)] = $n; }");

    static Stream<Arguments> loops() {
        return KERNELS.stream().flatMap(kernel -> SCRIPTS.stream().map(script -> Arguments.of(kernel, script)));
    }

    @ParameterizedTest
    @MethodSource("loops")
    void aLoopIsTakenByTheKernel(String kernel, String script) {
        TracePlan plan = Scripts.verified(script, KernelVersion.of(kernel));
        assertThat(plan.probes()).isNotEmpty();
    }
}
