package dev.skep.linux.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerifierLogTest {
    private static final String NEWER = """
            func#0 @0
            ; __u64 *value = lookup(&table, &key); @ loader.bpf.c:89
            3: (85) call bpf_map_lookup_elem#1    ; R0_w=map_value_or_null(id=1)
            ; return *value; @ loader.bpf.c:91
            4: (61) r0 = *(u32 *)(r0 +0)
            R0 invalid mem access 'map_value_or_null'
            processed 5 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0
            """;

    private static final String CLASSIC = """
            ; return *value;
            12: (61) r0 = *(u32 *)(r0 +0)
            R0 invalid mem access 'map_value_or_null'
            verification time 120 usec
            stack depth 8
            processed 5 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0
            """;

    @Test
    void theReasonIsTheLastThingSaidBeforeTheStatistics() {
        assertThat(new VerifierLog(NEWER, true).reason()).isEqualTo("R0 invalid mem access 'map_value_or_null'");
        assertThat(new VerifierLog(CLASSIC, true).reason()).isEqualTo("R0 invalid mem access 'map_value_or_null'");
        assertThat(VerifierLog.EMPTY.reason()).isEmpty();
        assertThat(new VerifierLog("processed 0 insns\n", true).reason()).isEmpty();
    }

    @Test
    void theInstructionIsTheLastOneWritten() {
        assertThat(new VerifierLog(NEWER, true).instruction()).hasValue(4);
        assertThat(new VerifierLog(CLASSIC, true).instruction()).hasValue(12);
    }

    @Test
    void aRejectionBeforeTheWalkNamesItsInstructionInTheReason() {
        assertThat(new VerifierLog("unreachable insn 7\n", true).instruction()).hasValue(7);
        assertThat(new VerifierLog("btf_vmlinux is malformed\n", true).instruction())
                .isEmpty();
        assertThat(new VerifierLog("99999999999999: (85) call\n", true).instruction())
                .isEmpty();
    }

    @Test
    void sourceLinesCarryTheirPlaceSinceLinux69() {
        assertThat(new VerifierLog(NEWER, true).source())
                .contains(new VerifierLog.Source("return *value;", "loader.bpf.c", 91));
        assertThat(new VerifierLog(CLASSIC, true).source()).contains(new VerifierLog.Source("return *value;", "", 0));
        assertThat(VerifierLog.EMPTY.source()).isEmpty();
    }
}
