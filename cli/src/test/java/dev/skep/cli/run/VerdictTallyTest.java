package dev.skep.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.cli.run.Verdict.Fate;
import dev.skep.object.program.ProgramType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTallyTest {
    @ParameterizedTest
    @CsvSource({
        "XDP, 0, XDP_ABORTED, DROPPED",
        "XDP, 2, XDP_PASS, PASSES",
        "XDP, 4, XDP_REDIRECT, SENT",
        "XDP, 5, XDP_UNKNOWN_5, DROPPED",
        "SCHED_CLS, -1, TC_ACT_UNSPEC, PASSES",
        "SCHED_CLS, 2, TC_ACT_SHOT, DROPPED",
        "SCHED_CLS, 7, TC_ACT_REDIRECT, SENT",
        "SOCKET_FILTER, 0, drop, DROPPED",
        "SOCKET_FILTER, -1, accept, PASSES",
        "CGROUP_SKB, 0, deny, DROPPED",
        "CGROUP_SKB, 2, deny, DROPPED",
        "CGROUP_SKB, 3, allow, PASSES",
        "FLOW_DISSECTOR, 129, BPF_FLOW_DISSECTOR_CONTINUE, PASSES"
    })
    void returnValuesHaveNames(ProgramType type, int r0, String name, Fate fate) {
        assertThat(VerdictNames.of(type).orElseThrow().apply(r0)).isEqualTo(new Verdict(name, fate));
    }

    @Test
    void programsThatSeeNoPacketsGiveNoVerdicts() {
        assertThat(VerdictNames.of(ProgramType.KPROBE)).isEmpty();
    }

    @Test
    void packetsAndBytesAreCountedByNameInTheOrderOfReturnValues() {
        VerdictTally tally = new VerdictTally(VerdictNames.of(ProgramType.XDP).orElseThrow());
        tally.count(2, 100);
        tally.count(1, 10);
        tally.count(2, 1000);
        assertThat(tally.counts())
                .containsExactly(
                        new VerdictCount(new Verdict("XDP_DROP", Fate.DROPPED), 1, 10),
                        new VerdictCount(new Verdict("XDP_PASS", Fate.PASSES), 2, 1100));
    }

    @Test
    void aSocketFiltersManyAnswersAreOneVerdict() {
        VerdictTally tally =
                new VerdictTally(VerdictNames.of(ProgramType.SOCKET_FILTER).orElseThrow());
        for (int i = 1; i <= 10_000; i++) {
            tally.count(i, 1);
        }
        assertThat(tally.counts())
                .containsExactly(new VerdictCount(new Verdict("accept", Fate.PASSES), 10_000, 10_000));
    }
}
