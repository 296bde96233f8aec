package dev.skep.verifier.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.verifier.Cause;
import dev.skep.verifier.HistoryEntry;
import dev.skep.verifier.Rejection;
import dev.skep.verifier.Step;
import org.junit.jupiter.api.Test;

/** What Linux 7.3 writes below its message. */
class DiagnosisTest {
    private static final String MESSAGE = """
            0: R1=ctx() R10=fp0
            ; __u64 at = bpf_ktime_get_ns(); @ count.c:11
            0: (85) call bpf_ktime_get_ns#5       ; R0=scalar()
            ; if (at > 9) @ count.c:12
            1: (25) if r0 > 0x9 goto pc+2         ; R0=scalar(smin=smin32=0,smax=umax=smax32=umax32=9,var_off=(0x0; 0xf))
            ; return *(int *)at; @ count.c:13
            2: (61) r0 = *(u32 *)(r0 +0)
            R0 invalid mem access 'scalar'
            """;

    private static final String DIAGNOSIS = """

            Verification failed: Register Type Safety: Invalid dereference

            Reason:
              R0 is an integer scalar here, not a pointer to
              memory.

            At:
              count @ count.c:13:10
              Source context:
                  11 |     __u64 at = bpf_ktime_get_ns();
                  12 |     if (at > 9)
              >>> 13 |     return *(int *)at;
                     |     ^-- error: invalid dereference of R0 (an integer
                     |         scalar)
                  14 |\s
              Instruction context:
                  0 | (85) call bpf_ktime_get_ns#5
                  1 | (25) if r0 > 0x9 goto pc+2
              >>> 2 | (61) r0 = *(u32 *)(r0 +0)
                  3 | (95) exit

            Causal path:
              count @ count.c:11:16
              Source context:
              >>> 11 |     __u64 at = bpf_ktime_get_ns();
                     |     ^-- update: R0 changed from uninitialized value to integer scalar with unknown value
                  12 |     if (at > 9)
              Instruction context:
              >>> 0 | (85) call bpf_ktime_get_ns#5
                  1 | (25) if r0 > 0x9 goto pc+2

              count @ count.c:12:9
              Source context:
              >>> 12 |     if (at > 9)
                     |     ^-- branch: took the false branch of this conditional, goto not followed
              Instruction context:
              >>> 1 | (25) if r0 > 0x9 goto pc+2

            Suggestion:
              Preserve a pointer-valued register where needed.

            """;

    private static final String END =
            "processed 3 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0\n";

    private static KernelLog log(String text) {
        return KernelLog.read(text).getFirst();
    }

    @Test
    void everythingInItIsRead() {
        Diagnosis diagnosis = log(MESSAGE + DIAGNOSIS + END).diagnosis().orElseThrow();
        assertThat(diagnosis.category()).isEqualTo("Register Type Safety");
        assertThat(diagnosis.problem()).isEqualTo("Invalid dereference");
        assertThat(diagnosis.reason()).isEqualTo("R0 is an integer scalar here, not a pointer to memory.");
        assertThat(diagnosis.suggestion()).isEqualTo("Preserve a pointer-valued register where needed.");
        Diagnosis.Event failure = diagnosis.place().orElseThrow();
        assertThat(failure.place().toString()).isEqualTo("count.c:13:10");
        assertThat(failure.place().function()).isEqualTo("count");
        assertThat(failure.place().instruction()).isEqualTo(2);
        assertThat(failure.instruction()).isEqualTo("(61) r0 = *(u32 *)(r0 +0)");
        assertThat(failure.text()).isEqualTo("invalid dereference of R0 (an integer scalar)");
        assertThat(diagnosis.path()).extracting(Diagnosis.Event::label).containsExactly("update", "branch");
        assertThat(diagnosis.path())
                .extracting(event -> event.place().instruction())
                .containsExactly(0, 1);
    }

    @Test
    void theExplanationHasTheLogsPathAndTheDiagnosesColumn() {
        Rejection rejection =
                LogExplainer.explain(log(MESSAGE + DIAGNOSIS + END)).orElseThrow();
        assertThat(rejection.cause()).isEqualTo(Cause.SCALAR_AS_POINTER);
        assertThat(rejection.place().toString()).isEqualTo("count.c:13:10");
        assertThat(rejection.path().steps()).hasSize(3);
        assertThat(rejection.kernelMessage())
                .isEqualTo("R0 invalid mem access 'scalar'\nR0 is an integer scalar here, not a pointer to memory.");
        assertThat(rejection.history())
                .extracting(HistoryEntry::event)
                .containsExactly(HistoryEntry.Event.SET, HistoryEntry.Event.CHECKED, HistoryEntry.Event.USED);
        assertThat(rejection.suggestion())
                .endsWith("(the kernel suggests: Preserve a pointer-valued register where needed.)");
    }

    @Test
    void aDiagnosisAloneIsEnough() {
        Rejection rejection = LogExplainer.explain(log(DIAGNOSIS)).orElseThrow();
        assertThat(rejection.cause()).isEqualTo(Cause.SCALAR_AS_POINTER);
        assertThat(rejection.place().instruction()).isEqualTo(2);
        assertThat(rejection.path().steps())
                .extracting(Step::branch)
                .containsExactly(Step.Branch.NONE, Step.Branch.NOT_TAKEN, Step.Branch.NONE);
        assertThat(rejection.history())
                .extracting(HistoryEntry::event)
                .containsExactly(HistoryEntry.Event.COMPUTED, HistoryEntry.Event.USED);
    }

    @Test
    void whatIsSaidAfterItCounts() {
        KernelLog log = log(MESSAGE + DIAGNOSIS + "Caller passes invalid args into func#1 ('helper')\n" + END);
        assertThat(log.messages().getFirst().cause()).isEqualTo(Cause.GLOBAL_FUNCTION_ARGUMENT);
        assertThat(log.diagnosis()).isPresent();
    }

    @Test
    void aProgramWithoutSourceHasItsInstructions() {
        Rejection rejection = LogExplainer.explain(log("""
                        0: R1=ctx() R10=fp0
                        0: (95) exit
                        R0 !read_ok

                        Verification failed: Register Type Safety: Unreadable register

                        Reason:
                          R0 has never been initialized on this path.

                        At:
                          insn 0
                                | ^-- error: R0 is not readable
                          Instruction context:
                          >>> 0 | (95) exit

                        Causal path:
                          no retained diagnostic events on this path

                        Suggestion:
                          Initialize R0.

                        processed 1 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0
                        """)).orElseThrow();
        assertThat(rejection.cause()).isEqualTo(Cause.UNINITIALIZED_REGISTER);
        assertThat(rejection.place().instruction()).isZero();
    }
}
