package dev.skep.trace.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.HelperId;
import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.system.FakeSystem;
import dev.skep.trace.system.Machine;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs do not do twice, or for nothing, what an event pays for. */
class CostTest {
    private static final int CALL = 0x85;

    private static List<Instruction> instructions(TracePlan plan) {
        return plan.object().functions().stream()
                .map(FunctionSpec::instructions)
                .flatMap(all -> StreamSupport.stream(all.spliterator(), false))
                .toList();
    }

    private static long calls(TracePlan plan, HelperId helper) {
        return instructions(plan).stream()
                .filter(each -> each.opcode() == CALL && each.srcReg() == 0 && each.imm() == helper.number())
                .count();
    }

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
        assertThat(calls(plan, HelperId.GET_NS_CURRENT_PID_TGID)).isEqualTo(times);
        assertThat(calls(plan, HelperId.GET_CURRENT_PID_TGID)).isZero();
        assertThat(calls(Scripts.verified(script), HelperId.GET_CURRENT_PID_TGID))
                .isEqualTo(times);
    }

    @Test
    void whatDoesNotPrintHasNoRing() {
        TracePlan plan = Scripts.compile("k:vfs_read { @[pid] = count(); @a[1 / arg0] = 2; delete(@a, 3); }");
        assertThat(plan.events()).isEmpty();
        assertThat(plan.failures()).hasSize(3);
        assertThat(instructions(plan).size()).isLessThan(75);
    }
}
