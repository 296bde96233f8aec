package dev.skep.trace.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.program.HelperId;
import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.system.FakeSystem;
import dev.skep.trace.system.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs do not do twice, or for nothing, what an event pays for. */
class CostTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | k:vfs_read /pid == 5/ { @[pid, tid] = count(); print(tid); }",
                "1 | k:vfs_read { if (arg0) { @a[tid] = 1; @b[pid] = 2; } }",
                "1 | k:vfs_read { @n[tid] = 1; for ($i : 0..arg0) { @a[tid, $i] = 1; } if (arg1) { @b[pid] = 2; } }",
                "2 | k:vfs_read { if (arg0) { @a[tid] = 1; } else { @b[pid] = 2; } }",
                "2 | k:vfs_read { if (arg0) { @a[tid] = 1; } @b[pid] = 2; }",
                "0 | k:vfs_read { @ = count(); }"
            })
    void whoRunsInANamespaceIsAskedOnce(int times, String script) {
        FakeSystem system = Scripts.system().withPidNamespace(new Machine.PidNamespace(4, 4026531836L));
        TracePlan plan = Scripts.compile(script, system, new Diagnostics()).orElseThrow();
        Scripts.verified(plan);
        assertThat(Scripts.calls(plan, HelperId.GET_NS_CURRENT_PID_TGID)).isEqualTo(times);
        assertThat(Scripts.calls(plan, HelperId.GET_CURRENT_PID_TGID)).isZero();
        assertThat(Scripts.calls(Scripts.verified(script), HelperId.GET_CURRENT_PID_TGID))
                .isEqualTo(times);
    }

    @Test
    void whatDoesNotPrintHasNoRing() {
        TracePlan plan = Scripts.compile("k:vfs_read { @[pid] = count(); @a[1 / arg0] = 2; delete(@a, 3); }");
        assertThat(plan.events()).isEmpty();
        assertThat(plan.failures()).hasSize(3);
        assertThat(Scripts.instructions(plan).size()).isLessThan(75);
    }
}
